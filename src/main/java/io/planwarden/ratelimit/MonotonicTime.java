package io.planwarden.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** What windows are measured by: a clock that is set does not lengthen or shorten them. */
@DefaultBean
@Singleton
final class MonotonicTime implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return System.nanoTime();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
