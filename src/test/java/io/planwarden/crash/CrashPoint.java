package io.planwarden.crash;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The points of a change's life at which the process is killed. */
enum CrashPoint {
  BEFORE_INTENT,
  INTENT_DURABLE_NOT_IN_EFFECT,
  SENT_UNANSWERED,
  IN_EFFECT_UNRECORDED,
  RECORDED_UNTOLD,
  RECOVERY,
  START,
  RANDOM;

  /**
   * The process as it stands still.
   *
   * @param underWay the marks of what clients have asked and not heard of
   * @param inherited operations that an earlier process left open and this one has taken over
   * @param unanswered changes that the sandbox has received and not answered
   */
  record Still(
      Set<String> underWay,
      Collection<StoredOperation> inherited,
      long unanswered,
      StoredAudit audit,
      TrueEffects effects) {}

  /** The points that can be told by looking at the process as it stands still. */
  static List<CrashPoint> told() {
    return List.of(
        BEFORE_INTENT,
        INTENT_DURABLE_NOT_IN_EFFECT,
        SENT_UNANSWERED,
        IN_EFFECT_UNRECORDED,
        RECORDED_UNTOLD,
        RECOVERY);
  }

  /** How many changes stand at this point. */
  long countIn(Still still) {
    return switch (this) {
      case SENT_UNANSWERED -> still.unanswered();
      case RECOVERY -> still.inherited().stream().filter(left -> !left.hasEnded()).count();
      case START, RANDOM -> 0;
      default -> still.underWay().stream().filter(mark -> of(mark, still) == this).count();
    };
  }

  private static CrashPoint of(String mark, Still still) {
    StoredOperation operation = still.audit().operation(mark);
    if (operation == null) {
      return BEFORE_INTENT;
    }
    if (operation.hasEnded()) {
      return RECORDED_UNTOLD;
    }
    return still.effects().of(mark).isEmpty() ? INTENT_DURABLE_NOT_IN_EFFECT : IN_EFFECT_UNRECORDED;
  }
}
