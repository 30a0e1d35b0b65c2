package io.planwarden.change;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Targets of changes that may still take effect. No other change may touch them: a change that
 * lands late would undo it unseen. Thread-safe.
 */
final class HeldTargets {
  private record Hold(String operationId, Instant until) {}

  private final Clock clock;
  private final Map<LockKey, Hold> holds = new HashMap<>();

  HeldTargets(Clock clock) {
    this.clock = clock;
  }

  synchronized void hold(SortedSet<LockKey> keys, String operationId, Instant until) {
    keys.forEach(key -> holds.put(key, new Hold(operationId, until)));
  }

  /** Lets go of what the operation holds. */
  synchronized void release(String operationId) {
    holds.values().removeIf(hold -> hold.operationId().equals(operationId));
  }

  /** Why a change of these targets cannot be made now. */
  synchronized Optional<FacadeException> objection(SortedSet<LockKey> keys) {
    return keys.stream()
        .filter(holds::containsKey)
        .findFirst()
        .map(holds::get)
        .map(this::objection);
  }

  private FacadeException objection(Hold hold) {
    Duration left = Duration.between(clock.instant(), hold.until());
    return new FacadeException(
            ErrorCode.CHANGE_IN_FLIGHT,
            "Operation " + hold.operationId() + " on the same target may still take effect.")
        .at("/v1/operations/" + hold.operationId())
        .retryAfter(left.isNegative() ? Duration.ofSeconds(1) : left);
  }
}
