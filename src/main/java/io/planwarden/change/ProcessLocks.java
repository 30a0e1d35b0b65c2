package io.planwarden.change;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Locks within one process: whoever comes first is served first, and goes on in its own context and
 * turn, not in those of the one who gave the lock back.
 */
final class ProcessLocks implements Locks {
  private final ScheduledExecutorService timer;
  // A key is held while it is in the map; its queue holds those who wait. Guarded by this.
  private final Map<LockKey, Deque<Request>> held = new HashMap<>();

  ProcessLocks(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  @Override
  public Uni<Held> acquire(SortedSet<LockKey> keys, Duration wait) {
    return SameContext.of(
        () -> Uni.createFrom().emitter(emitter -> new Request(keys, emitter).begin(wait)));
  }

  /** One wish for a set of keys: it has the first {@code taken} of them and waits for the next. */
  private final class Request implements Held {
    private final List<LockKey> keys;
    private final UniEmitter<? super Held> emitter;
    private int taken;
    private boolean ended;
    private @Nullable ScheduledFuture<?> timeout;

    Request(SortedSet<LockKey> keys, UniEmitter<? super Held> emitter) {
      this.keys = List.copyOf(keys);
      this.emitter = emitter;
    }

    /** Most find their keys free, and need no timer. */
    void begin(Duration wait) {
      advance();
      synchronized (ProcessLocks.this) {
        if (!ended) {
          timeout = timer.schedule(this::giveUp, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    }

    void advance() {
      synchronized (ProcessLocks.this) {
        while (!ended && taken < keys.size()) {
          Deque<Request> queue = held.get(keys.get(taken));
          if (queue != null) {
            queue.add(this);
            return;
          }
          held.put(keys.get(taken), new ArrayDeque<>());
          taken++;
        }
        if (ended) {
          return;
        }
        ended = true;
        if (timeout != null) {
          timeout.cancel(false);
        }
      }
      emitter.complete(this);
    }

    private void giveUp() {
      synchronized (ProcessLocks.this) {
        // Who gave it the last of its keys is about to say so.
        if (ended || taken == keys.size()) {
          return;
        }
        ended = true;
        Deque<Request> queue = held.get(keys.get(taken));
        if (queue != null) {
          queue.remove(this);
        }
      }
      release();
      emitter.fail(
          new FacadeException(
              ErrorCode.TARGET_BUSY, "Other changes of the same target are still running."));
    }

    @Override
    public void release() {
      List<Request> next = new ArrayList<>();
      synchronized (ProcessLocks.this) {
        for (LockKey key : keys.subList(0, taken)) {
          Deque<Request> queue = held.get(key);
          Request waiting = queue == null ? null : queue.poll();
          if (waiting == null) {
            held.remove(key);
          } else {
            waiting.taken++;
            next.add(waiting);
          }
        }
        taken = 0;
      }
      next.forEach(Request::advance);
    }
  }
}
