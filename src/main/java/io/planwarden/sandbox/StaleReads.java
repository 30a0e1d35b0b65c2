package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Reads answer the state of some time ago. */
record StaleReads(Duration age) implements Fault {

  static final List<String> PARAMETERS = List.of("delayMs");

  static StaleReads parse(Body body) {
    return new StaleReads(Duration.ofMillis(body.number("delayMs", 0, 3_600_000, 5_000)));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    return Future.succeededFuture(errand.performAsOf(age));
  }

  @Override
  public boolean concerns(Errand errand) {
    return errand.isRead();
  }

  @Override
  public Duration reach() {
    return age;
  }
}
