package io.planwarden.change;

import io.planwarden.request.SameContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Waits without a thread, and comes back to where it was called. */
final class Pause {
  private static final long FIRST_MILLIS = 100;
  private static final int DOUBLINGS = 6;

  private final ScheduledExecutorService timer;
  private volatile boolean stopped;

  Pause(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** The pause before the next look: each twice the last, from 100 ms to 6.4 s. */
  static Duration beforeLook(int looks) {
    return Duration.ofMillis(FIRST_MILLIS << Math.min(looks, DOUBLINGS));
  }

  /**
   * Tries until a try gives something. However many there are, none of them lies within another, as
   * they would if each began the next.
   *
   * @param attempt given how many there were before it
   */
  static <T> Uni<T> until(IntFunction<Uni<Optional<T>>> attempt) {
    AtomicInteger tries = new AtomicInteger();
    return Uni.createFrom()
        .deferred(() -> attempt.apply(tries.getAndIncrement()))
        .repeat()
        .whilst(Optional::isEmpty)
        .collect()
        .last()
        .map(Optional::orElseThrow);
  }

  /** Nobody is woken any more: what waits is taken up by the next process. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  Uni<Void> of(Duration duration) {
    if (stopped) {
      return Uni.createFrom().nothing();
    }
    Duration wait = duration.isNegative() ? Duration.ZERO : duration;
    return SameContext.of(
        () ->
            Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .onExecutor(timer)
                .by(wait.plusMillis(1))
                .chain(
                    () ->
                        stopped ? Uni.createFrom().<Void>nothing() : Uni.createFrom().voidItem()));
  }
}
