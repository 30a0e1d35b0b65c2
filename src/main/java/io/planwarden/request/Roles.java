package io.planwarden.request;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What callers may be allowed to do, by the words of annotations, files and configuration. */
public final class Roles {
  /** Reads plans, stages, products, keys and its own operations. */
  public static final String READER = "reader";

  /** Makes changes; may do what a reader may. */
  public static final String EDITOR = "editor";

  /** Reads the audit and everybody's operations. */
  public static final String AUDITOR = "auditor";

  /** May do everything. */
  public static final String ADMIN = "admin";

  /** Every role. */
  public static final Set<String> ALL = Set.of(READER, EDITOR, AUDITOR, ADMIN);

  private Roles() {}

  /** The roles with those that they include; words that are no role are left out. */
  public static Set<String> withIncluded(Collection<String> granted) {
    Set<String> roles = new TreeSet<>(granted);
    roles.retainAll(ALL);
    if (roles.contains(ADMIN)) {
      return ALL;
    }
    if (roles.contains(EDITOR)) {
      roles.add(READER);
    }
    return Set.copyOf(roles);
  }

  /**
   * The roles that a caller may have who is confined to some products: the audit and other callers'
   * operations are of all products.
   */
  public static Set<String> ofConfined(Collection<String> granted) {
    Set<String> roles = new TreeSet<>(granted);
    roles.retainAll(Set.of(READER, EDITOR));
    return withIncluded(roles);
  }
}
