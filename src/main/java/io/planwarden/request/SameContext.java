package io.planwarden.request;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Brings a result back to the Vert.x context that asked for it. What several requests wait for, or
 * another thread finishes, would otherwise go on in the context of somebody else.
 */
public final class SameContext {
  private SameContext() {}

  /** What the work returns, which is done on a worker thread, on the context of each subscriber. */
  public static <T> Uni<T> ofBlocking(Supplier<T> work) {
    return of(
        () -> Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  /** The result, on the context of each subscriber, if it has one. */
  public static <T> Uni<T> of(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              var context = Vertx.currentContext();
              Uni<T> result = work.get();
              return context == null ? result : result.emitOn(task -> run(task, context));
            });
  }

  /** At once if it is there already: a turn of the event loop costs more than most tasks. */
  private static void run(Runnable task, Context context) {
    if (Vertx.currentContext() == context) {
      task.run();
    } else {
      context.runOnContext(there -> task.run());
    }
  }
}
