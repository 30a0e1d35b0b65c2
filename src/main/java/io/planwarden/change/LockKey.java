package io.planwarden.change;

import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One thing that only one change at a time may touch.
 *
 * @param kind what sort of thing, for example {@code plan}
 * @param id which one
 */
record LockKey(String kind, String id) implements Comparable<LockKey> {
  private static final Comparator<LockKey> ORDER =
      Comparator.comparing(LockKey::kind).thenComparing(LockKey::id);

  static LockKey plan(String usagePlanId) {
    return new LockKey("plan", usagePlanId);
  }

  static LockKey planName(String usagePlanName) {
    return new LockKey("plan-name", usagePlanName);
  }

  static LockKey stage(String stageId) {
    return new LockKey("stage", stageId);
  }

  static LockKey stagePlan(String stageId, String usagePlanId) {
    return new LockKey("stage-plan", stageId + ":" + usagePlanId);
  }

  static LockKey keyStage(String apiKeyId, String stageId) {
    return new LockKey("key-stage", apiKeyId + ":" + stageId);
  }

  /**
   * Whether it is what two things have to do with one another. There are too many of them to
   * remember each for longer than reads lag, and what NCP does with a key's plan when that is
   * detached is not known: what others changed of it cannot be told.
   */
  boolean isRelation() {
    return kind.equals("stage-plan") || kind.equals("key-stage");
  }

  /** What it is called among replicas. */
  String name() {
    return kind + ":" + id;
  }

  /** What they are called among replicas. */
  static SortedSet<String> names(SortedSet<LockKey> keys) {
    return keys.stream().map(LockKey::name).collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public int compareTo(LockKey other) {
    return ORDER.compare(this, other);
  }
}
