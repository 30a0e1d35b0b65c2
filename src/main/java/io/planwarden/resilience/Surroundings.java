package io.planwarden.resilience;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance. Tests bring their own.
 *
 * @param clock what deadlines are told by
 * @param nanos what waiting is measured by; never goes back
 * @param timer runs what is due; its threads may block for a moment
 * @param random thread-safe
 */
public record Surroundings(
    InstantSource clock,
    LongSupplier nanos,
    ScheduledExecutorService timer,
    RandomGenerator random) {
  /** The farthest deadline that is told apart, so that sums of nanoseconds cannot overflow. */
  private static final Duration FARTHEST = Duration.ofDays(365);

  /** The same with nanoseconds that begin at zero. */
  Surroundings fromZero() {
    long origin = nanos.getAsLong();
    return new Surroundings(clock, () -> nanos.getAsLong() - origin, timer, random);
  }

  long now() {
    return nanos.getAsLong();
  }

  /** A deadline on the clock as one in nanoseconds. */
  long nanosAt(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return now() + (left.compareTo(FARTHEST) < 0 ? left : FARTHEST).toNanos();
  }
}
