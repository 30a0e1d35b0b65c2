package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Appends rows to the chain within one transaction. Not thread-safe. */
final class Appender implements WriterTask.Rows, AutoCloseable {
  private static final String INSERT =
      "INSERT INTO audit (seq, operation_id, phase, row_json, hash) VALUES (?, ?, ?, ?, ?)";
  private static final String OPEN = "INSERT INTO open_operation VALUES (?)";
  private static final String IS_OPEN = "SELECT 1 FROM open_operation WHERE operation_id = ?";
  private static final String CLOSE = "DELETE FROM open_operation WHERE operation_id = ?";

  /** A row in its place, and its canonical text. */
  record Appended(AuditRow row, String text) {}

  private final Clock clock;
  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement open;
  private final PreparedStatement close;
  private final List<Appended> appended = new ArrayList<>();
  private Chain head;

  Appender(Connection connection, Chain head, Clock clock) throws SQLException {
    this.clock = clock;
    this.connection = connection;
    this.head = head;
    this.insert = connection.prepareStatement(INSERT);
    this.open = connection.prepareStatement(OPEN);
    this.close = connection.prepareStatement(CLOSE);
  }

  /** What was appended so far, in the order of the chain. */
  List<Appended> appended() {
    return appended;
  }

  /** Whether the operation of the row has not ended yet. */
  boolean isOpen(AuditRow row) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(IS_OPEN)) {
      select.setString(1, row.operationId());
      try (var rows = select.executeQuery()) {
        return rows.next();
      }
    }
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
    insert(hashed, text);
    track(row);
    head = Chain.of(hashed);
    appended.add(new Appended(hashed, text));
    return hashed;
  }

  private void insert(AuditRow row, String text) throws SQLException {
    insert.setObject(1, row.seq());
    insert.setString(2, row.operationId());
    insert.setString(3, row.phase().word());
    insert.setString(4, text);
    insert.setString(5, row.hash());
    insert.executeUpdate();
  }

  private void track(AuditRow row) throws SQLException {
    PreparedStatement change = row.phase() == Phase.INTENT ? open : row.ends() ? close : null;
    if (change != null) {
      change.setString(1, row.operationId());
      change.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    open.close();
    close.close();
  }
}
