package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What is said to the database for each row, prepared once for a connection. They end with it at
 * the latest. Not thread-safe.
 */
final class RowStatements implements AutoCloseable {
  private static final String INSERT =
      "INSERT INTO audit (seq, operation_id, phase, row_json, hash) VALUES (?, ?, ?, ?, ?)";
  private static final String OPEN = "INSERT INTO open_operation VALUES (?)";
  private static final String IS_OPEN = "SELECT 1 FROM open_operation WHERE operation_id = ?";
  private static final String CLOSE = "DELETE FROM open_operation WHERE operation_id = ?";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement open;
  private final PreparedStatement isOpen;
  private final PreparedStatement close;

  RowStatements(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(INSERT);
    this.open = connection.prepareStatement(OPEN);
    this.isOpen = connection.prepareStatement(IS_OPEN);
    this.close = connection.prepareStatement(CLOSE);
  }

  boolean areOf(Connection other) {
    return connection == other;
  }

  void insert(AuditRow row, String text) throws SQLException {
    insert.setObject(1, row.seq());
    insert.setString(2, row.operationId());
    insert.setString(3, row.phase().word());
    insert.setString(4, text);
    insert.setString(5, row.hash());
    insert.executeUpdate();
  }

  /** Whether the operation has begun and not ended yet. */
  boolean isOpen(String operationId) throws SQLException {
    isOpen.setString(1, operationId);
    try (var rows = isOpen.executeQuery()) {
      return rows.next();
    }
  }

  void open(String operationId) throws SQLException {
    open.setString(1, operationId);
    open.executeUpdate();
  }

  void close(String operationId) throws SQLException {
    close.setString(1, operationId);
    close.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    open.close();
    isOpen.close();
    close.close();
  }
}
