package io.planwarden.resilience;

import java.time.Duration;

/**
 * How many retries may be made: a share of the first attempts of the last while, and a few in any
 * case, so that retries help against single failures and do not multiply the load on an NCP that is
 * down. Thread-safe.
 */
final class Budget {
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();

  private final double share;
  private final int floor;
  private final SlidingLog firsts = new SlidingLog(WINDOW);
  private final SlidingLog retries = new SlidingLog(WINDOW);

  /**
   * @param share retries per first attempt
   * @param floor how many retries are allowed whatever the share says
   */
  Budget(double share, int floor) {
    this.share = share;
    this.floor = floor;
  }

  /** Tells of the first attempt of a call. */
  synchronized void first(long now) {
    firsts.add(now);
  }

  /** Takes the right to one retry; false if there is none left. */
  synchronized boolean take(long now) {
    if (left(now) <= 0) {
      return false;
    }
    retries.add(now);
    return true;
  }

  /** How many retries may be made now; the last one counts in part. */
  synchronized double left(long now) {
    return Math.max(floor, share * firsts.count(now)) - retries.count(now);
  }
}
