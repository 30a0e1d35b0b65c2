package io.planwarden.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: full jitter below a ceiling that doubles.
 *
 * @param base the ceiling of the first pause
 * @param cap what the ceiling never exceeds
 */
record Backoff(Duration base, Duration cap) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * @param retry 1 before the first retry
   */
  Duration pause(int retry, RandomGenerator random) {
    Duration ceiling = base.multipliedBy(1L << Math.min(retry - 1, MAX_DOUBLINGS));
    long nanos = (ceiling.compareTo(cap) < 0 ? ceiling : cap).toNanos();
    return Duration.ofNanos(random.nextLong(nanos + 1));
  }
}
