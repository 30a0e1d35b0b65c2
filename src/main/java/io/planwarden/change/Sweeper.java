package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.gateway.GatewayReads;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Settles what a killed process left open, with the same looks as a running one. Until then the
 * targets admit no other change. It settles the steps of a change, and never goes on with them.
 */
final class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private final GatewayReads reads;
  private final Settling settling;
  private final ChangeConfig config;

  Sweeper(GatewayReads reads, Settling settling, ChangeConfig config) {
    this.reads = reads;
    this.settling = settling;
    this.config = config;
  }

  /** Takes over each operation, given by its rows, oldest first. */
  void adopt(List<List<AuditRow>> open) {
    open.forEach(rows -> adoptOne(rows.get(0)));
  }

  private void adoptOne(AuditRow intent) {
    Instant deadline = Objects.requireNonNull(intent.deadline());
    Origin origin =
        new Origin(
            intent.caller(),
            Objects.requireNonNullElse(intent.requestId(), ""),
            deadline,
            intent.reason());
    Course course = Courses.of(StoredChange.wish(intent), reads, Options.NONE);
    Progress progress =
        new Progress(intent.operationId(), course, origin, intent.parentOperationId());
    LOG.infof("operation=%s was left open and is being settled", intent.operationId());
    Image before =
        Progress.BEFORE_NOT_READ.equals(intent.detail())
            ? Image.UNREAD
            : Image.stored(intent.before());
    settling.takeOver(progress, before, deadline.plus(config.horizon()));
  }
}
