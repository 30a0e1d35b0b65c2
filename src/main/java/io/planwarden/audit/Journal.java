package io.planwarden.audit;

import io.smallrye.mutiny.Uni;

/** Where rows of the audit go. Thread-safe; does not block. */
public interface Journal {
  /**
   * Appends a row. The item comes when the row is on disk, on the Vert.x context of the subscriber
   * if there is one. Fails with {@code audit-unavailable}; the row is then not in the audit.
   */
  Uni<AuditRow> append(AuditRow row);
}
