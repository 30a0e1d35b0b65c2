package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A way to wait without holding up the event loop. */
interface Pause {

  /** Succeeds after that time, never within the call. */
  Future<Void> of(Duration duration);

  /** Pauses by timers; call it on the event loop they belong to. */
  static Pause by(Vertx vertx) {
    return duration -> {
      Promise<Void> over = Promise.promise();
      vertx.setTimer(Math.max(1, duration.toMillis()), timer -> over.complete());
      return over.future();
    };
  }
}
