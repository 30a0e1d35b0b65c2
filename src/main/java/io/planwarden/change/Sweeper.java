package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.GatewayReads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a killed process left open, with the same looks as a running one. Until then the
 * targets admit no other change. It settles the steps of a change, and never goes on with them.
 */
final class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private final GatewayReads reads;
  private final LaterLooks looks;
  private final HeldTargets held;
  private final ChangeConfig config;

  Sweeper(GatewayReads reads, LaterLooks looks, HeldTargets held, ChangeConfig config) {
    this.reads = reads;
    this.looks = looks;
    this.held = held;
    this.config = config;
  }

  /** Takes over each operation, given by its rows, oldest first. */
  void adopt(List<List<AuditRow>> open) {
    open.forEach(this::adoptOne);
  }

  /** Takes over those that are abandoned, and on which this process is not at work itself. */
  void adoptAbandoned(List<List<AuditRow>> open, Instant now) {
    open.stream()
        .filter(rows -> !held.isHeldBy(rows.get(0).operationId()))
        .filter(rows -> isAbandoned(rows, now))
        .forEach(this::adoptOne);
  }

  /** Whoever works on it would have ended it, or said what it waits for, a horizon ago. */
  private boolean isAbandoned(List<AuditRow> rows, Instant now) {
    AuditRow last = rows.get(rows.size() - 1);
    Instant due;
    if (last.mayLandUntil() != null) {
      due = last.mayLandUntil();
    } else if (last.phase() == Phase.RESOLUTION) {
      due = Objects.requireNonNull(last.at()).plus(config.lastLaterLook());
    } else {
      due = Objects.requireNonNull(rows.get(0).deadline()).plus(config.horizon());
    }
    return due.plus(config.horizon()).isBefore(now);
  }

  private void adoptOne(List<AuditRow> rows) {
    AuditRow intent = rows.get(0);
    Instant deadline = Objects.requireNonNull(intent.deadline());
    Progress progress = progress(intent, deadline);
    LOG.infof("operation=%s was left open and is being settled", intent.operationId());
    AuditRow last = rows.get(rows.size() - 1);
    Instant mayLandUntil = last.mayLandUntil();
    Runnable next =
        mayLandUntil == null
            // How often it was sent is not on record; only creates are sent once for certain.
            ? looks.settle(
                progress,
                image(intent, Progress.BEFORE, intent.before()),
                deadline.plus(config.horizon()),
                !progress.course.mayBeFoundLate())
            : looks.watch(progress, image(last, Progress.AFTER, last.after()), mayLandUntil);
    next.run();
  }

  private Progress progress(AuditRow intent, Instant deadline) {
    Origin origin =
        new Origin(
            intent.caller(),
            Objects.requireNonNullElse(intent.requestId(), ""),
            deadline,
            intent.reason());
    Course course = Courses.of(StoredChange.wish(intent), reads, Options.NONE);
    return new Progress(intent.operationId(), course, origin, intent.parentOperationId());
  }

  private static Image image(AuditRow row, String which, @Nullable Map<String, Object> stored) {
    List<String> unread = row.unread();
    return unread != null && unread.contains(which) ? Image.UNREAD : Image.stored(stored);
  }
}
