package io.planwarden.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that passes when the test says so; what is due then runs on the test's own thread. */
public final class VirtualTime extends ScheduledThreadPoolExecutor {
  private record Due(Instant at, long order, ScheduledFuture<?> handle, Runnable task) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  public VirtualTime() {
    super(1);
  }

  public Instant now() {
    return now;
  }

  public void advance(Duration duration) {
    Instant end = now.plus(duration);
    while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
      Due due = queue.poll();
      now = due.at();
      if (!due.handle().isCancelled()) {
        due.task().run();
      }
    }
    now = end;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    // The handle is only there to be cancelled; it comes due long after the test.
    ScheduledFuture<?> handle = super.schedule(() -> {}, 1, TimeUnit.DAYS);
    queue.add(new Due(now.plusNanos(unit.toNanos(delay)), order++, handle, task));
    return handle;
  }

  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
