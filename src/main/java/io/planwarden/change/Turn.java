package io.planwarden.change;

import java.time.Instant;

/**
 * When a change of ours had its turn at its target. Each begins after the one before it has ended,
 * so the rows that begin them are in their order, whichever replicas made them, and however late
 * this one learns of it.
 *
 * @param number of the row that began it
 * @param endedAt by the clock of this process
 */
record Turn(long number, Instant endedAt) {
  /** Of what was there before all changes that are known. */
  static final Turn NONE = new Turn(0, Instant.MIN);

  boolean isAfter(Turn other) {
    return number > other.number;
  }
}
