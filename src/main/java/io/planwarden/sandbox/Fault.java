package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.time.Duration;

/** A way to misbehave towards a request. */
interface Fault {

  /** Answers the request in its own way; the future may come late or never. */
  Future<Reply> strike(Errand errand, Pause pause);

  /** Whether this can happen to the request at all. */
  default boolean concerns(Errand errand) {
    return true;
  }

  /** How far back it makes reads look. */
  default Duration reach() {
    return Duration.ZERO;
  }
}
