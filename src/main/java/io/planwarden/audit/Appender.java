package io.planwarden.audit;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Appends rows to the chain within one transaction. Not thread-safe. */
final class Appender implements WriterTask.Rows {

  /** A row in its place, and its canonical text. */
  record Appended(AuditRow row, String text) {}

  private final RowStatements statements;
  private final Clock clock;
  private final List<Appended> appended = new ArrayList<>();
  private Chain head;

  Appender(RowStatements statements, Chain head, Clock clock) {
    this.statements = statements;
    this.head = head;
    this.clock = clock;
  }

  /** What was appended so far, in the order of the chain. */
  List<Appended> appended() {
    return appended;
  }

  /** Whether the operation of the row has not ended yet. */
  boolean isOpen(AuditRow row) throws SQLException {
    return statements.isOpen(row.operationId());
  }

  @Override
  public Chain head() {
    return head;
  }

  @Override
  public AuditRow append(AuditRow row) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AuditRow linked =
        row.linked(head.seq() + 1, now.isBefore(head.at()) ? head.at() : now, head.hash());
    String text = Canonical.text(linked);
    AuditRow hashed = linked.hashed(Canonical.hash(text));
    statements.insert(hashed, text);
    if (row.phase() == Phase.INTENT) {
      statements.open(row.operationId());
    } else if (row.ends()) {
      statements.close(row.operationId());
    }
    head = Chain.of(hashed);
    appended.add(new Appended(hashed, text));
    return hashed;
  }
}
