package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Journal;
import io.planwarden.audit.RowRefused;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Appends rows that must not be lost, because what they tell has happened already. */
final class SureJournal {
  private static final Logger LOG = Logger.getLogger(SureJournal.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Journal journal;
  private final Pause pause;

  SureJournal(Journal journal, Pause pause) {
    this.journal = journal;
    this.pause = pause;
  }

  /** Ends when the row is durable, however long that takes, or another process has settled it. */
  Uni<Void> append(AuditRow row, @Nullable Rider rider) {
    return Pause.until(tries -> attempt(row, rider)).replaceWithVoid();
  }

  private Uni<Optional<AuditRow>> attempt(AuditRow row, @Nullable Rider rider) {
    return journal
        .append(row, rider)
        .onFailure(RowRefused.class)
        .recoverWithItem(row)
        .map(Optional::of)
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(
                  "operation=%s outcome is not on record yet: %s",
                  row.operationId(), failure.getMessage());
              return pause.of(RETRY).replaceWith(Optional.empty());
            });
  }

  /**
   * The same, but ends with the first try; those after it go on behind the subscriber's back.
   *
   * @param next run once the row is durable
   */
  Uni<Void> append(AuditRow row, @Nullable Rider rider, Runnable next) {
    return journal
        .append(row, rider)
        .onItem()
        .invoke(next)
        .onFailure()
        .invoke(failure -> append(row, rider).subscribe().with(appended -> next.run()))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  /** The same for a row that goes alone. */
  Uni<Void> append(AuditRow row) {
    return append(row, null);
  }
}
