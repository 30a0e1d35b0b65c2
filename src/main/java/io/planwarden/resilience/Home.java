package io.planwarden.resilience;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Where a call was made and its result is wanted: the Vert.x context, if there is one. */
record Home(Executor executor) {
  static Home current() {
    Context context = Vertx.currentContext();
    return new Home(context == null ? Runnable::run : task -> run(task, context));
  }

  /** At once where it is at home already: a turn of the event loop costs more than most tasks. */
  private static void run(Runnable task, Context home) {
    if (Vertx.currentContext() == home) {
      task.run();
    } else {
      home.runOnContext(there -> task.run());
    }
  }
}
