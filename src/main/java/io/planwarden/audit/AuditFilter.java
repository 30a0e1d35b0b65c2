package io.planwarden.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are wanted: those that have every term and lie in the time.
 *
 * @param from at or after it, null is from the first on
 * @param to before it, null is up to the last
 */
public record AuditFilter(List<String> terms, @Nullable Instant from, @Nullable Instant to) {
  /** Every row. */
  public static final AuditFilter ALL = new AuditFilter(List.of(), null, null);

  public AuditFilter {
    terms = List.copyOf(terms);
  }

  /** The same with one condition more; a null value is none. */
  public AuditFilter with(Term term, @Nullable String value) {
    if (value == null) {
      return this;
    }
    List<String> more = new ArrayList<>(terms);
    more.add(term.of(value));
    return new AuditFilter(more, from, to);
  }
}
