package io.planwarden.resilience;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt at the gate: it waits, runs and ends, or ends early. */
final class Ticket<T> {
  /** Changed by the gate only, under its lock. */
  enum Point {
    WAITING,
    RUNNING,
    ENDED
  }

  /**
   * What the gate is told of an attempt.
   *
   * @param deadline in nanoseconds; it is not sent later
   */
  record Request(CallKind kind, String caller, long deadline, Home home) {}

  final Request request;
  final long since;
  volatile Point point = Point.WAITING;
  // Written by the gate, under its lock.
  long sentAt;
  boolean begun;
  boolean sent;
  int generation;

  private final Gate gate;
  private final Function<BooleanSupplier, Uni<T>> attempt;
  private final UniEmitter<? super T> emitter;
  private volatile @Nullable Cancellable upstream;
  private volatile @Nullable Future<?> timeout;

  Ticket(
      Gate gate,
      Request request,
      long since,
      Function<BooleanSupplier, Uni<T>> attempt,
      UniEmitter<? super T> emitter) {
    this.gate = gate;
    this.request = request;
    this.since = since;
    this.attempt = attempt;
    this.emitter = emitter;
  }

  /** Runs the attempt where the call was made. */
  void run() {
    cancelTimeout();
    request.home().executor().execute(this::subscribe);
  }

  private void subscribe() {
    if (!gate.begun(this)) {
      return;
    }
    upstream =
        Uni.createFrom()
            .deferred(() -> attempt.apply(() -> gate.sends(this)))
            .subscribe()
            .with(
                item -> {
                  if (gate.ended(this, null)) {
                    emitter.complete(item);
                  }
                },
                failure -> {
                  if (gate.ended(this, failure)) {
                    emitter.fail(failure);
                  }
                });
    cancelIfEnded();
  }

  void refuse(HeldBack held) {
    cancelTimeout();
    emitter.fail(held);
  }

  /** Nobody waits for the result any more. */
  void abandon() {
    if (gate.left(this)) {
      cancelTimeout();
      cancelIfEnded();
    }
  }

  void timeOutBy(Future<?> timeout) {
    this.timeout = timeout;
    if (point != Point.WAITING) {
      timeout.cancel(false);
    }
  }

  /** Whichever comes second, the end or the subscription, finds the other. */
  private void cancelIfEnded() {
    Cancellable running = upstream;
    if (running != null && point == Point.ENDED) {
      running.cancel();
    }
  }

  private void cancelTimeout() {
    Future<?> running = timeout;
    if (running != null) {
      running.cancel(false);
    }
  }
}
