package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** What the audit holds, where NCP alone cannot tell. Thread-safe; does not block. */
public interface Recorded {
  /**
   * The rows of an operation, oldest first; none if it is not recorded, or if one of them cannot be
   * made out.
   */
  Uni<List<AuditRow>> rows(String operationId);

  /**
   * The rows that tell of the making of this plan, by whichever operation; empty if one of them
   * cannot be made out.
   */
  Uni<Optional<List<AuditRow>>> creations(String usagePlanId);
}
