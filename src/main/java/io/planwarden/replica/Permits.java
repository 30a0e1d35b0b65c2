package io.planwarden.replica;

import java.time.Duration;

/**
 * This replica's part of what is dealt out of the rate. Fewer are used at once and given back a
 * window later, when what was sent under them no longer counts; more are used when the store has
 * them. For one thread, except {@link #leased}.
 */
final class Permits {
  private final long window;
  private volatile int leased;
  // Used as soon as the store has them.
  private int later;
  private long loweredAt;

  /**
   * @param window within which no more than the rate may be sent
   */
  Permits(Duration window) {
    this.window = window.toNanos();
  }

  /** How many may be used, as long as the tenure holds. */
  int leased() {
    return leased;
  }

  /** The replica has lost all that it had. */
  void lose() {
    leased = 0;
  }

  /**
   * How many the store is to have for us.
   *
   * @param written how many it has now
   * @param due how many are due to us
   * @param free how many nobody has
   */
  int next(int written, int due, int free, long now) {
    if (due < leased) {
      loweredAt = now;
    }
    leased = Math.min(due, written);
    later = leased;
    if (leased < written) {
      return now - loweredAt >= window ? leased : written;
    }
    later = written + Math.max(0, Math.min(due - written, free));
    return later;
  }

  /** The store has them for us, durably. */
  void written() {
    leased = later;
  }
}
