package io.planwarden.resilience;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One leave to send, of a rate that is large and nearly used up. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class PaceBenchmark {
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
