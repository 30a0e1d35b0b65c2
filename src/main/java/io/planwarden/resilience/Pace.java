package io.planwarden.resilience;

import java.time.Duration;

/**
 * When the next attempt may be sent: in no sliding second more than the rate, and not within a
 * pause that NCP asked for. Times are nanoseconds from the same origin. Not thread-safe.
 *
 * <p>The rate falls by a tenth when NCP refuses what was sent since it last fell, and comes back by
 * a five-hundredth of the full rate a second: a pause alone would run into the same wall each time.
 */
final class Pace {
  /** A second and a margin: what was sent evenly arrives less evenly. */
  static final long WINDOW = Duration.ofMillis(1100).toNanos();

  private static final double FALL = 0.9;
  private static final double RECOVERY_PER_SECOND = 0.002;
  private static final double LOWEST_SHARE = 0.1;
  private static final double SECOND = 1e9;

  private final int rate;
  private final SlidingLog sent = new SlidingLog(WINDOW);
  private double lowered;
  private long loweredAt = -1;
  private long pauseEnds;
  private int granted;

  /**
   * @param rate how many per second; 0 or less is no limit
   */
  Pace(int rate) {
    this.rate = rate;
    this.lowered = rate;
  }

  /**
   * Gives the leave to send. Until it is used or given up, it counts as sent just now: a connection
   * may take its time, for one attempt longer than for the next.
   */
  void grant() {
    granted++;
  }

  void sent(long now) {
    granted--;
    if (isLimited()) {
      sent.add(now);
    }
  }

  void giveUp() {
    granted--;
  }

  /**
   * NCP refused an attempt because too many were made.
   *
   * @param sentAt when the attempt was sent; those sent before the rate last fell say nothing new
   * @param pause how long nothing is sent
   */
  void refused(long sentAt, long now, long pause) {
    pauseEnds = Math.max(pauseEnds, now + pause);
    if (isLimited() && sentAt > loweredAt) {
      lowered = Math.max(exactRate(now) * FALL, rate * LOWEST_SHARE);
      loweredAt = now;
    }
  }

  /** The rate that holds now, at least 1 a second; 0 is no limit. */
  int rate(long now) {
    return isLimited() ? Math.max(1, (int) exactRate(now)) : 0;
  }

  /** How long from now until the next attempt may be sent, if {@code ahead} are sent before it. */
  long delay(long now, int ahead) {
    long pause = Math.max(0, pauseEnds - now);
    if (!isLimited()) {
      return pause;
    }
    int most = rate(now);
    long afterPause = pause == 0 ? 0 : pause + ahead / most * WINDOW;
    return Math.max(afterPause, turn(now, ahead, most) - now);
  }

  /** Each send waits until the one that is {@code most} before it has left the window. */
  private long turn(long now, int ahead, int most) {
    int known = sent.count(now);
    int count = known + granted;
    int before = count + ahead - most;
    long windows = WINDOW;
    while (before >= count) {
      before -= most;
      windows += WINDOW;
    }
    if (before < 0) {
      return now + windows - WINDOW;
    }
    return Math.max(now, (before < known ? sent.at(before) : now) + windows);
  }

  private double exactRate(long now) {
    double seconds = Math.max(0, now - loweredAt) / SECOND;
    return Math.min(rate, lowered + seconds * rate * RECOVERY_PER_SECOND);
  }

  private boolean isLimited() {
    return rate > 0;
  }
}
