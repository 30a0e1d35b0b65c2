package io.planwarden.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.planwarden.AverageNanos;
import org.openjdk.jmh.annotations.Benchmark;

/** One request counted against its caller's limit, with what the answer says of it. */
public class LimitBenchmark extends AverageNanos {
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
