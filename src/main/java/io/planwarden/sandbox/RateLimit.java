package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** Refuses requests while there are too many of them, the refused ones counted too. */
record RateLimit(long perSecond, Failure failure) implements Fault {

  static final List<String> PARAMETERS =
      Stream.concat(Stream.of("perSecond"), Failure.PARAMETERS.stream()).toList();

  static RateLimit parse(Body body) {
    Long perSecond = body.number("perSecond", 0, 100_000);
    if (perSecond == null) {
      throw Refusal.invalid("perSecond is required");
    }
    return new RateLimit(perSecond, Failure.parse(body, 429, 420L));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    return Future.succeededFuture(failure.reply(errand));
  }

  @Override
  public boolean concerns(Errand errand) {
    return errand.request().inLastSecond() > perSecond;
  }
}
