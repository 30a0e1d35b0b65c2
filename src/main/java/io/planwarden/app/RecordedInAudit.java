package io.planwarden.app;

import io.planwarden.audit.AuditFilter;
import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.AuditQuery.Page;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Term;
import io.planwarden.change.Recorded;
import io.planwarden.gateway.Action;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Asks the audit.
 *
 * @param audit with its index
 */
record RecordedInAudit(AuditQuery audit) implements Recorded {
  // An operation has a handful of rows, and a plan is made by one.
  private static final int MOST = 100;

  @Override
  public Uni<List<AuditRow>> rows(String operationId) {
    return audit.madeOut(operationId);
  }

  @Override
  public Uni<Optional<List<AuditRow>>> creations(String usagePlanId) {
    AuditFilter filter =
        AuditFilter.ALL.with(Term.ACTION, Action.CREATE_PLAN.word()).with(Term.PLAN, usagePlanId);
    return found(filter, Long.MAX_VALUE);
  }

  /** A page may be empty although older rows match: it looks at a part of the index only. */
  private Uni<Optional<List<AuditRow>>> found(AuditFilter filter, long before) {
    return audit
        .whole(filter, before, MOST)
        .chain(
            page -> {
              Long next = page.filter(p -> p.items().isEmpty()).map(Page::next).orElse(null);
              return next == null
                  ? Uni.createFrom().item(page.map(Page::items))
                  : found(filter, next);
            });
  }
}
