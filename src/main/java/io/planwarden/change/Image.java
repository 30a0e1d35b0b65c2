package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.UsagePlan;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What NCP holds of a target at one moment, by NCP's field names. A member that is not set is not
 * in the map; an image of something that does not exist has no map. An image that was not read is
 * an assumption: it serves answers and is never recorded as what NCP holds.
 */
public final class Image {
  /** The target does not exist. */
  public static final Image ABSENT = new Image(null, true);

  /** Nobody looked. */
  static final Image UNREAD = new Image(null, false);

  private final @Nullable SortedMap<String, Object> members;
  private final boolean read;

  private Image(@Nullable SortedMap<String, Object> members, boolean read) {
    this.members = members;
    this.read = read;
  }

  /** An image of these members. */
  public static Image of(Map<String, ?> members) {
    return new Image(Collections.unmodifiableSortedMap(new TreeMap<>(members)), true);
  }

  /** What a change that NCP took should have left; nobody looked. */
  static Image assumed(Map<String, ?> target, Map<String, ?> request) {
    SortedMap<String, Object> members = new TreeMap<>(target);
    members.putAll(request);
    members.remove(PlanMembers.CLEAR);
    return new Image(Collections.unmodifiableSortedMap(members), false);
  }

  /** An image as the audit holds it: JSON does not tell an int from a long. */
  static Image stored(@Nullable Map<String, Object> members) {
    if (members == null) {
      return ABSENT;
    }
    Map<String, Object> alike = new TreeMap<>(members);
    alike.replaceAll((name, value) -> value instanceof Integer i ? Long.valueOf(i) : value);
    return of(alike);
  }

  /** What a row tells of before the change. */
  static Image before(AuditRow row) {
    return recorded(row, Progress.BEFORE, row.before());
  }

  /** What a row tells of after it. */
  static Image after(AuditRow row) {
    return recorded(row, Progress.AFTER, row.after());
  }

  private static Image recorded(AuditRow row, String which, @Nullable Map<String, Object> members) {
    List<String> unread = row.unread();
    return unread != null && unread.contains(which) ? UNREAD : stored(members);
  }

  static Image of(UsagePlan plan) {
    Map<String, Object> members = new TreeMap<>();
    put(members, "usagePlanId", plan.usagePlanId());
    put(members, "usagePlanName", plan.usagePlanName());
    put(members, "usagePlanDescription", plan.usagePlanDescription());
    putLimits(members, plan.limits());
    put(members, "associatedStagesCount", plan.associatedStagesCount());
    put(members, "domainCode", plan.domainCode());
    put(members, "tenantId", plan.tenantId());
    put(members, "modifier", plan.modifier());
    put(members, "disabled", plan.disabled());
    put(members, "permission", plan.permission());
    put(members, "actionName", plan.actionName());
    return of(members);
  }

  static Image of(Limits limits) {
    Map<String, Object> members = new TreeMap<>();
    putLimits(members, limits);
    return of(members);
  }

  static void putLimits(Map<String, Object> members, Limits limits) {
    Integer rate = limits.rateRps();
    // Long throughout, so that an image read back from the audit equals the one written.
    put(members, "rateRps", rate == null ? null : Long.valueOf(rate));
    put(members, "dayQuotaRequest", limits.dayQuotaRequest());
    put(members, "monthQuotaRequest", limits.monthQuotaRequest());
    put(members, "quotaCondition", limits.quotaCondition());
  }

  static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  /** The members, null if the target does not exist. */
  public @Nullable SortedMap<String, Object> members() {
    return members;
  }

  /** The plan that this is the image of. */
  public UsagePlan plan() {
    Limits limits = limits();
    return new UsagePlan(
        text("usagePlanId"),
        text("usagePlanName"),
        text("usagePlanDescription"),
        limits.rateRps(),
        limits.dayQuotaRequest(),
        limits.monthQuotaRequest(),
        limits.quotaCondition(),
        number("associatedStagesCount"),
        text("domainCode"),
        text("tenantId"),
        text("modifier"),
        (Boolean) get("disabled"),
        text("permission"),
        text("actionName"));
  }

  /** The limits that this is the image of. */
  public Limits limits() {
    return members == null ? new Limits(null, null, null, null) : PlanMembers.limits(members);
  }

  /** The member's text, null if it is not set. */
  public @Nullable String text(String name) {
    return (String) get(name);
  }

  private @Nullable Long number(String name) {
    return (Long) get(name);
  }

  /** What it would be with these members set and those cleared. */
  Image with(Map<String, ?> set, Set<String> cleared) {
    SortedMap<String, Object> all = new TreeMap<>();
    if (members != null) {
      all.putAll(members);
    }
    all.putAll(set);
    all.keySet().removeAll(cleared);
    return of(all);
  }

  /** Whether NCP was asked; else it is what NCP should hold. */
  public boolean isRead() {
    return read;
  }

  /** What the audit may say that NCP holds: null also if nobody looked. */
  @Nullable SortedMap<String, Object> seen() {
    return read ? members : null;
  }

  boolean exists() {
    return members != null;
  }

  /** The member's value, null if it is not set. */
  @Nullable Object get(String name) {
    return members == null ? null : members.get(name);
  }

  /** The member alone; nothing if it is not set. */
  Map<String, Object> only(String name) {
    Object value = get(name);
    return value == null ? Map.of() : Map.of(name, value);
  }

  /** Whether each of the wanted members has the wanted value here. */
  boolean holds(Map<String, ?> wanted) {
    return exists() && wanted.entrySet().stream().allMatch(w -> holds(w.getKey(), w.getValue()));
  }

  /** NCP need not show a text that is empty. */
  private boolean holds(String name, Object wanted) {
    Object held = get(name);
    return wanted.equals(held) || (held == null && wanted.equals(""));
  }

  /** The names of the members that differ, sorted; null if one of the two was not read. */
  @Nullable List<String> changedTo(Image after) {
    return read && after.read ? namesOfDifferences(after) : null;
  }

  /** The names of the members that differ, sorted. */
  List<String> namesOfDifferences(Image after) {
    SortedSet<String> names = new TreeSet<>();
    if (members != null) {
      names.addAll(members.keySet());
    }
    if (after.members != null) {
      names.addAll(after.members.keySet());
    }
    names.removeIf(name -> Objects.equals(get(name), after.get(name)));
    return List.copyOf(names);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image image
        && read == image.read
        && Objects.equals(members, image.members);
  }

  @Override
  public int hashCode() {
    return Objects.hash(members, read);
  }

  @Override
  public String toString() {
    return (read ? "" : "unread ") + members;
  }
}
