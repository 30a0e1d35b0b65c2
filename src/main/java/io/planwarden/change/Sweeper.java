package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Settles what a process left open that is no more, with the same looks as a running one. Until
 * then the targets admit no other change. It settles the steps of a change, and never goes on with
 * them.
 */
final class Sweeper {
  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private final Listings listings;
  private final LaterLooks looks;
  private final ChangeConfig config;

  Sweeper(Listings listings, LaterLooks looks, ChangeConfig config) {
    this.listings = listings;
    this.looks = looks;
    this.config = config;
  }

  /**
   * Takes over each operation that is open, given by its rows, oldest first. One that this version
   * cannot make out stays open, and does not keep the others from being settled.
   */
  void adopt(List<List<AuditRow>> open) {
    // All are held before one is looked at: what it finds may be the work of another.
    open.stream()
        .filter(Sweeper::isOpen)
        .flatMap(rows -> ifMadeOut(rows).stream())
        .toList()
        .forEach(Runnable::run);
  }

  private static boolean isOpen(List<AuditRow> rows) {
    return !rows.isEmpty() && rows.stream().noneMatch(AuditRow::ends);
  }

  private Optional<Runnable> ifMadeOut(List<AuditRow> rows) {
    try {
      return Optional.of(adopted(rows));
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "operation=%s was left open and cannot be made out: it stays open until a version that"
              + " knows it is started; see what NCP holds, for its change may be in effect",
          rows.get(0).operationId());
      return Optional.empty();
    }
  }

  /** Holds its target, unless that is free already, and gives what has it looked at. */
  private Runnable adopted(List<AuditRow> rows) {
    AuditRow intent = rows.get(0);
    Instant deadline = Objects.requireNonNull(intent.deadline());
    Progress progress = progress(intent, deadline);
    LOG.infof("operation=%s was left open and is being settled", intent.operationId());
    Optional<Instant> unseenAt = unseenAt(rows);
    if (unseenAt.isPresent()) {
      return looks.lookLater(progress, Image.before(intent), unseenAt.get());
    }
    AuditRow last = rows.get(rows.size() - 1);
    Instant mayLandUntil = last.mayLandUntil();
    return looks.onceLearned(
        progress,
        mayLandUntil == null
            // How often it was sent is not on record; only creates are sent once for certain.
            ? looks.settle(
                progress,
                Image.before(intent),
                deadline.plus(config.horizon()),
                !progress.course.mayBeFoundLate())
            : looks.watch(progress, Image.after(last), mayLandUntil));
  }

  /** When a create was given up for then that may be found later; its name is free since. */
  private static Optional<Instant> unseenAt(List<AuditRow> rows) {
    return rows.stream()
        .filter(row -> row.phase() == Phase.RESOLUTION && row.outcome() == Outcome.UNKNOWN)
        .findFirst()
        .map(AuditRow::at);
  }

  private Progress progress(AuditRow intent, Instant deadline) {
    Origin origin =
        new Origin(
            intent.caller(),
            Objects.requireNonNullElse(intent.requestId(), ""),
            deadline,
            intent.reason());
    Course course = Courses.of(StoredChange.wish(intent), listings, Options.NONE);
    Progress progress =
        new Progress(intent.operationId(), course, origin, intent.parentOperationId());
    progress.begunWith(intent);
    return progress;
  }
}
