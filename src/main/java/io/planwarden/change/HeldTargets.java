package io.planwarden.change;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Targets of changes that may still take effect. No other change may touch them: a change that
 * lands late would undo it unseen. Thread-safe.
 */
final class HeldTargets {
  private record Hold(SortedSet<LockKey> keys, String operationId, Instant until) {}

  private final Clock clock;
  // Several operations may hold one target: a change and its steps.
  private final List<Hold> holds = new ArrayList<>();

  HeldTargets(Clock clock) {
    this.clock = clock;
  }

  synchronized void hold(SortedSet<LockKey> keys, String operationId, Instant until) {
    holds.add(new Hold(keys, operationId, until));
  }

  /** Lets go of what the operation holds. */
  synchronized void release(String operationId) {
    holds.removeIf(hold -> hold.operationId().equals(operationId));
  }

  /** Whether an operation that began after this one holds some of these targets. */
  synchronized boolean areHeldByLater(SortedSet<LockKey> keys, String operationId) {
    return holds.stream()
        .anyMatch(
            hold ->
                hold.operationId().compareTo(operationId) > 0
                    && !Collections.disjoint(hold.keys(), keys));
  }

  /** Why a change of these targets cannot be made now. */
  synchronized Optional<FacadeException> objection(SortedSet<LockKey> keys) {
    return holds.stream()
        .filter(hold -> !Collections.disjoint(hold.keys(), keys))
        .findFirst()
        .map(this::objection);
  }

  private FacadeException objection(Hold hold) {
    return inFlight(hold.operationId(), Duration.between(clock.instant(), hold.until()));
  }

  /** Why a change cannot be made whose target another operation holds for so long yet. */
  static FacadeException inFlight(String operationId, Duration left) {
    Duration least = Duration.ofSeconds(1);
    return new FacadeException(
            ErrorCode.CHANGE_IN_FLIGHT,
            "Operation " + operationId + " on the same target may still take effect.")
        .at("/v1/operations/" + operationId)
        .retryAfter(left.compareTo(least) < 0 ? least : left);
  }
}
