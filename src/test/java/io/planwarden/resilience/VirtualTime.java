package io.planwarden.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Clock, stopwatch and timer in one, moved on by hand; what is due runs in the order of time. */
final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService {
  static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final long ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task t) -> t.at).thenComparingLong(t -> t.order));
  private long elapsed;
  private long order;

  Surroundings surroundings(RandomGenerator random) {
    // The stopwatch wraps around within a test, as System.nanoTime may.
    return new Surroundings(this::instant, () -> ORIGIN + elapsed, this, random);
  }

  Instant instant() {
    return START.plusNanos(elapsed);
  }

  Instant in(Duration duration) {
    return instant().plus(duration);
  }

  long millis() {
    return Duration.ofNanos(elapsed).toMillis();
  }

  long nanos() {
    return elapsed;
  }

  void advance(Duration duration) {
    long end = elapsed + duration.toNanos();
    while (!tasks.isEmpty() && tasks.peek().at <= end) {
      Task task = tasks.poll();
      elapsed = Math.max(elapsed, task.at);
      task.run();
    }
    elapsed = end;
  }

  void advanceMillis(long millis) {
    advance(Duration.ofMillis(millis));
  }

  long pending() {
    return tasks.stream().filter(t -> !t.isCancelled()).count();
  }

  /** How many timers were ever set. */
  long timersSet() {
    return order;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Task scheduled = new Task(task, elapsed + Math.max(0, unit.toNanos(delay)), order++);
    tasks.add(scheduled);
    return scheduled;
  }

  @Override
  public void execute(Runnable task) {
    schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initial, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initial, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;
    private final long order;

    Task(Runnable task, long at, long order) {
      super(task, null);
      this.at = at;
      this.order = order;
    }

    @Override
    public boolean cancel(boolean interrupt) {
      boolean cancelled = super.cancel(interrupt);
      tasks.remove(this);
      return cancelled;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - elapsed, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(at, ((Task) other).at);
    }
  }
}
