package io.planwarden.request;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done once at a time for all who want its result, and goes on whoever leaves.
 * Thread-safe. The result comes on whichever thread has it, see {@link SameContext}.
 */
public final class UnderWay<T> {
  private final AtomicReference<@Nullable Uni<T>> running = new AtomicReference<>();

  /** The work that is under way, or this, which begins with its first subscriber. */
  public Uni<T> or(Supplier<Uni<? extends T>> work) {
    Uni<T> mine =
        Uni.createFrom()
            .deferred(work)
            .onTermination()
            .invoke(() -> running.set(null))
            .memoize()
            .indefinitely();
    Uni<T> others = running.compareAndExchange(null, mine);
    return others == null ? mine : others;
  }

  /** Completes when what is under way has ended, however it ended; at once if nothing is. */
  public Uni<Void> end() {
    Uni<T> work = running.get();
    return work == null
        ? Uni.createFrom().voidItem()
        : work.replaceWithVoid().onFailure().recoverWithNull();
  }
}
