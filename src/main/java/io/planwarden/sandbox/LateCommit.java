package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer is lost, or a failure, and the effect comes after it. */
record LateCommit(Duration delay, @Nullable Failure failure) implements Fault {

  static final List<String> PARAMETERS =
      Stream.concat(Stream.of("delayMs"), Failure.PARAMETERS.stream()).toList();

  static LateCommit parse(Body body) {
    Duration delay = Duration.ofMillis(body.number("delayMs", 0, 45_000, 5_000));
    if (body.has("status")) {
      return new LateCommit(delay, Failure.parse(body, 504, null));
    }
    if (Failure.PARAMETERS.stream().anyMatch(body::has)) {
      throw Refusal.invalid("status is required with code, retryAfter or html");
    }
    return new LateCommit(delay, null);
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    pause.of(delay).onSuccess(over -> errand.perform());
    return Future.succeededFuture(failure == null ? Reply.Lost.CLOSED : failure.reply(errand));
  }

  @Override
  public boolean concerns(Errand errand) {
    return errand.isChange();
  }
}
