package io.planwarden.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the next attempt may be sent: in no sliding second more than the rate, and not within a
 * pause that NCP asked for. Times are nanoseconds from the same origin. Not thread-safe.
 *
 * <p>The rate falls by a tenth when NCP refuses what was sent since it last fell, and comes back by
 * a five-hundredth of the full rate a second: a pause alone would run into the same wall each time.
 */
final class Pace {
  static final long WINDOW = Duration.ofMillis(RateShare.WINDOW_MILLIS).toNanos();

  private static final double FALL = 0.9;
  private static final double RECOVERY_PER_SECOND = 0.002;
  private static final double LOWEST_SHARE = 0.1;
  private static final double SECOND = 1e9;
  // Less than the least difference of two rates, more than what sums of fractions are wrong by.
  private static final double ROUNDING = 1e-6;
  // Shares come and go without a word; who has none looks again.
  private static final long WITHOUT_SHARE = Duration.ofMillis(100).toNanos();

  private final @Nullable RateShare share;
  private final SlidingLog sent = new SlidingLog(WINDOW);
  // Part of the full rate.
  private double lowered = 1;
  private long loweredAt = -1;
  private long pauseEnds;
  private int granted;

  /**
   * @param share how many per window; null is no limit
   */
  Pace(@Nullable RateShare share) {
    this.share = share;
  }

  static Pace unlimited() {
    return new Pace(null);
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
    if (share != null) {
      sent.add(now);
    }
  }

  /** Whether what had its leave may be sent still: the share may have shrunk since. */
  boolean mayBeSent(long now) {
    return share == null || sent.count(now) < share.permits();
  }

  int sentLately(long now) {
    return sent.count(now);
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
    if (sentAt > loweredAt) {
      lowered = Math.max(part(now) * FALL, LOWEST_SHARE);
      loweredAt = now;
    }
  }

  /** The rate that holds now, at least 1 a second of a share that is; 0 is no limit, or none. */
  int rate(long now) {
    int most = share == null ? 0 : share.permits();
    return most == 0 ? 0 : Math.max(1, (int) (most * part(now) + ROUNDING));
  }

  /** How long from now until the next attempt may be sent, if {@code ahead} are sent before it. */
  long delay(long now, int ahead) {
    long pause = Math.max(0, pauseEnds - now);
    if (share == null) {
      return pause;
    }
    int most = rate(now);
    if (most == 0) {
      return Math.max(pause, WITHOUT_SHARE);
    }
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

  /** Which part of the share is used now. */
  private double part(long now) {
    double seconds = Math.max(0, now - loweredAt) / SECOND;
    return Math.min(1, lowered + seconds * RECOVERY_PER_SECOND);
  }
}
