package io.planwarden.storage;

import io.vertx.core.Context;

/** Keeps the database off event loops: one blocked loop stalls every request on it. */
final class EventLoopGuard {
  private EventLoopGuard() {}

  /** Throws if called on an event-loop thread, in production as in tests. */
  static void check() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("the database was called on an event-loop thread");
    }
  }
}
