package io.planwarden.audit;

import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where rows of the audit go. Thread-safe; does not block. */
public interface Journal {
  /**
   * Appends a row. The item comes when the row is on disk, on the Vert.x context of the subscriber
   * if there is one. Fails with {@code audit-unavailable}: the row is then not in the audit, or, if
   * it is an intent that was being written, it is closed as {@code not_applied} by the journal
   * itself. Nothing may be sent after a failure. A row that tells of an effect may be appended
   * again after a failure; it is then certain not to be in the audit.
   *
   * @param rider what goes into the row's transaction with it, null if nothing does; if it refuses
   *     the row, this fails with {@link RowRefused}
   */
  Uni<AuditRow> append(AuditRow row, @Nullable Rider rider);

  /** The same for a row that goes alone. */
  default Uni<AuditRow> append(AuditRow row) {
    return append(row, null);
  }

  /** Why nothing can be appended at present, if it is known; {@code audit-unavailable}. */
  default Optional<FacadeException> objection() {
    return Optional.empty();
  }
}
