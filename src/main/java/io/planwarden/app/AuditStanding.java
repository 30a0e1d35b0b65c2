package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.audit.Standing;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * How the audit does for who wants to change something. That it can be written is not enough where
 * the store is shared: without a lease no change comes as far as its row.
 */
@Singleton
class AuditStanding {
  private static final String NO_LEASES =
      "The other replicas do not hear of this one, so it can lease no target: its second connection"
          + " to the database fails, or too many replicas run; the log says which.";

  private final Audit audit;
  private final Replicas replicas;

  AuditStanding(Audit audit, Replicas replicas) {
    this.audit = audit;
    this.replicas = replicas;
  }

  Standing now() {
    Standing written = audit.standing();
    Instant lost = replicas.lostSince();
    return lost == null || !written.isWritable()
        ? written
        : new Standing(NO_LEASES, lost, written.waiting(), written.head(), written.open());
  }
}
