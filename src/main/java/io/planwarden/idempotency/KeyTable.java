package io.planwarden.idempotency;

import io.planwarden.request.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of keys. Its statements are plain SQL, the same for every store. */
final class KeyTable {
  static final String FIND =
      "SELECT operation_id, fingerprint, problem FROM idempotency_key"
          + " WHERE idem_key = ? AND caller_kind = ? AND caller_id = ? AND expires_at > ?";
  static final String OPERATIONS =
      "SELECT operation_id FROM idempotency_key WHERE idem_key = ? AND expires_at > ?"
          + " ORDER BY operation_id DESC LIMIT ?";
  // One statement, so that of several who claim a key one succeeds.
  private static final String CLAIM =
      "INSERT INTO idempotency_key"
          + " (idem_key, caller_kind, caller_id, fingerprint, operation_id, expires_at)"
          + " VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (idem_key, caller_kind, caller_id) DO UPDATE SET"
          + " fingerprint = excluded.fingerprint, operation_id = excluded.operation_id,"
          + " expires_at = excluded.expires_at, problem = NULL"
          + " WHERE idempotency_key.expires_at <= ? OR idempotency_key.operation_id = ?";
  private static final String CONCLUDE =
      "UPDATE idempotency_key SET problem = ?"
          + " WHERE idem_key = ? AND caller_kind = ? AND caller_id = ? AND operation_id = ?";
  static final String SWEEP =
      "DELETE FROM idempotency_key WHERE (idem_key, caller_kind, caller_id) IN"
          + " (SELECT idem_key, caller_kind, caller_id FROM idempotency_key"
          + " WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)";

  /** A key, and whose it is. */
  record Owned(IdempotencyKey key, Caller caller) {
    private int bind(PreparedStatement statement, int from) throws SQLException {
      statement.setString(from, key.value());
      statement.setString(from + 1, caller.kind());
      statement.setString(from + 2, caller.id());
      return from + 3;
    }
  }

  private KeyTable() {}

  static Optional<KeyRow> find(Connection connection, Owned key, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setLong(key.bind(select, 1), now.toEpochMilli());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new KeyRow(rows.getString(1), rows.getString(2), rows.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** The operations that anybody's use of the key began, newest first. */
  static List<String> operations(Connection connection, IdempotencyKey key, Instant now, int most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OPERATIONS)) {
      select.setString(1, key.value());
      select.setLong(2, now.toEpochMilli());
      select.setInt(3, most);
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    }
  }

  /**
   * Makes the key stand for an operation, unless it stands for another one already.
   *
   * @param superseded the operation that it may be taken from, besides one that has expired
   * @return whether it does
   */
  static boolean claim(
      Connection connection, Owned key, KeyRow row, String superseded, Instant now, Instant until)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
      int next = key.bind(insert, 1);
      insert.setString(next, row.fingerprint());
      insert.setString(next + 1, row.operationId());
      insert.setLong(next + 2, until.toEpochMilli());
      insert.setLong(next + 3, now.toEpochMilli());
      insert.setString(next + 4, superseded);
      return insert.executeUpdate() == 1;
    }
  }

  static void conclude(Connection connection, Owned key, String operationId, String problem)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CONCLUDE)) {
      update.setString(1, problem);
      update.setString(key.bind(update, 2), operationId);
      update.executeUpdate();
    }
  }

  /** Removes keys that have expired, those first that did so first; the result is how many. */
  static int sweep(Connection connection, Instant now, int most) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(SWEEP)) {
      delete.setLong(1, now.toEpochMilli());
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }
}
