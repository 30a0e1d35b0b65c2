package io.planwarden.resilience;

import io.planwarden.AverageNanos;
import org.openjdk.jmh.annotations.Benchmark;

/** One leave to send, of a rate that is large and nearly used up. */
public class PaceBenchmark extends AverageNanos {
  private final Pace pace = new Pace(() -> 10_000);
  private long now = 1;

  @Benchmark
  public long send() {
    now += Pace.WINDOW / 9_999;
    long delay = pace.delay(now, 0);
    pace.grant();
    pace.sent(now);
    return delay;
  }
}
