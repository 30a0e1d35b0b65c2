package io.planwarden.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: full jitter below a ceiling that grows fourfold. Most failures are of
 * one call, so the first pause is short; what fails again is given time.
 *
 * @param base the ceiling of the first pause
 * @param cap what the ceiling never exceeds
 */
record Backoff(Duration base, Duration cap) {
  // Times four, and no further than a long reaches.
  private static final int DOUBLINGS = 2;
  private static final int MAX_DOUBLINGS = 20;

  /**
   * @param retry 1 before the first retry
   */
  Duration pause(int retry, RandomGenerator random) {
    int doublings = Math.min(DOUBLINGS * (retry - 1), MAX_DOUBLINGS);
    Duration ceiling = base.multipliedBy(1L << doublings);
    long nanos = (ceiling.compareTo(cap) < 0 ? ceiling : cap).toNanos();
    return Duration.ofNanos(random.nextLong(nanos + 1));
  }
}
