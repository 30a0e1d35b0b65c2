package io.planwarden.ratelimit;

import io.github.bucket4j.TimeMeter;
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

/** One request counted against its caller's limit, with what the answer says of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class LimitBenchmark {
  private final CallerBuckets buckets = new CallerBuckets(new Wide(), TimeMeter.SYSTEM_NANOTIME);

  private record Wide() implements RateLimitConfig {
    @Override
    public int reads() {
      return 1_000_000;
    }

    @Override
    public int changes() {
      return 1_000_000;
    }

    @Override
    public int replicas() {
      return 1;
    }

    @Override
    public int callers() {
      return 10_000;
    }
  }

  @Benchmark
  public String take() {
    Grant grant = buckets.take("bench", Limit.CHANGES).orElseThrow();
    return grant.quota().policy() + grant.state();
  }
}
