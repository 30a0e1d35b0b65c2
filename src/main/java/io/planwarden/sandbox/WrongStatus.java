package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** A failure, or a status that says nothing, in place of the answer. */
record WrongStatus(Failure failure, boolean applied) implements Fault {

  static final List<String> PARAMETERS =
      Stream.concat(Failure.PARAMETERS.stream(), Stream.of("applied")).toList();

  static WrongStatus parse(Body body) {
    return new WrongStatus(Failure.parse(body, 500, null), body.flag("applied"));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    if (applied) {
      errand.perform();
    }
    return Future.succeededFuture(failure.reply(errand));
  }
}
