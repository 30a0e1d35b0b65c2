package io.planwarden.change;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A merge patch of a plan (RFC 7396): what it does not name keeps the value that the plan has when
 * the patch is applied.
 *
 * @param wanted members to set, by NCP's field names; numbers are {@code Long}
 * @param cleared optional members to clear; none of them is in {@code wanted}
 */
public record PlanPatch(
    String usagePlanId, SortedMap<String, Object> wanted, SortedSet<String> cleared)
    implements Wish {
  /** Copies what it is given. */
  public PlanPatch(String usagePlanId, Map<String, Object> wanted, SortedSet<String> cleared) {
    this(
        usagePlanId,
        Collections.unmodifiableSortedMap(new TreeMap<>(wanted)),
        Collections.unmodifiableSortedSet(new TreeSet<>(cleared)));
  }
}
