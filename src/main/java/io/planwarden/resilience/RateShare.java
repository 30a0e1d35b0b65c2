package io.planwarden.resilience;

/** This process' part of the rate towards NCP. Thread-safe; does not block. */
@FunctionalInterface
public interface RateShare {
  /**
   * How many attempts may be sent within a {@link #WINDOW_MILLIS window}, as of now; asked at each
   * decision. 0 is none.
   */
  int permits();

  /** A second and a margin, in milliseconds: what was sent evenly arrives less evenly. */
  long WINDOW_MILLIS = 1100;
}
