package io.planwarden.ratelimit;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Time that stands still until it is moved on. */
@Alternative
@Singleton
public class VirtualMeter implements TimeMeter {
  private volatile long nanos;

  void advanceMillis(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  @Override
  public long currentTimeNanos() {
    return nanos;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
