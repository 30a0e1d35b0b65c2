package io.planwarden.replica;

import java.time.Duration;
import java.time.Instant;

/**
 * The time for which this replica has what it holds, as it may believe itself. It began before the
 * store wrote down the same, so it ends before the others may think so. It takes two clocks: one
 * that cannot be set, and one that goes on while the machine is asleep.
 *
 * @param replicaId under which it holds; another one after each loss
 * @param isOver whether it is known to have ended; there is no way back then
 */
record Tenure(String replicaId, long nanos, Instant since, Duration length, boolean isOver) {
  boolean holds(long nanosNow, Instant now) {
    return !isOver && nanosNow - this.nanos < length.toNanos() && now.isBefore(until());
  }

  Instant until() {
    return since.plus(length);
  }

  Tenure over() {
    return new Tenure(replicaId, nanos, since, length, true);
  }
}
