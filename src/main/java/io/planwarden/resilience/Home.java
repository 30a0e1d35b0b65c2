package io.planwarden.resilience;

import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Where a call was made and its result is wanted: the Vert.x context, if there is one. */
record Home(Executor executor) {
  static Home current() {
    var context = Vertx.currentContext();
    return new Home(context == null ? Runnable::run : MutinyHelper.executor(context));
  }
}
