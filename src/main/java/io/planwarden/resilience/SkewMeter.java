package io.planwarden.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far NCP's clock is from ours, told by the {@code Date} of its answers. NCP refuses signatures
 * whose timestamp is more than five minutes off, so a growing skew is told of long before.
 * Thread-safe.
 *
 * <p>{@code Date} is cut to whole seconds, so the true skew of an answer lies between {@code date -
 * received} and {@code date + 1 s - sent}. The estimate is the middle of that; it stands until an
 * answer contradicts it or knows better.
 */
public final class SkewMeter {
  private static final Duration RESOLUTION = Duration.ofSeconds(1);
  private static final Duration TOO_FAR = Duration.ofSeconds(30);

  private record Estimate(Duration least, Duration most) {
    static Estimate of(Instant sent, Instant received, Instant date) {
      return new Estimate(
          Duration.between(received, date), Duration.between(sent, date.plus(RESOLUTION)));
    }

    Duration middle() {
      return least.plus(width().dividedBy(2));
    }

    Duration width() {
      return most.minus(least);
    }

    boolean allows(Duration skew) {
      return skew.compareTo(least) >= 0 && skew.compareTo(most) <= 0;
    }
  }

  private @Nullable Estimate best;

  /**
   * Tells of an answer.
   *
   * @param sent when the request was sent, by our clock
   * @param received when the answer came, by our clock
   * @param date what the answer says
   */
  public synchronized void answered(Instant sent, Instant received, Instant date) {
    Estimate estimate = Estimate.of(sent, received, date);
    if (best == null
        || !estimate.allows(best.middle())
        || estimate.width().compareTo(best.width()) <= 0) {
      best = estimate;
    }
  }

  /** How far NCP's clock is ahead of ours, to about a second; empty before the first answer. */
  public synchronized Optional<Duration> skew() {
    return Optional.ofNullable(best).map(Estimate::middle);
  }

  /** Whether the clocks are 30 s apart or more. */
  public boolean isTooFar() {
    return skew().filter(skew -> skew.abs().compareTo(TOO_FAR) >= 0).isPresent();
  }
}
