package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rows of a stored chain, read in a short transaction of their own. */
record ChainPage(List<StoredRow> rows, long last) {
  /** How many rows a page has at most. */
  static final int SIZE = 500;

  /** Before every row, whatever number somebody has given it. */
  static final long START = Long.MIN_VALUE;

  private static final String SELECT =
      "SELECT seq, operation_id, phase, row_json, hash FROM audit"
          + " WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?";

  /**
   * The rows after one number, up to another.
   *
   * @throws SQLException also if the database file is damaged
   */
  static ChainPage read(Connection connection, long after, long upTo) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setInt(3, SIZE);
      List<StoredRow> rows = new ArrayList<>();
      long last = after;
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          last = found.getLong(1);
          rows.add(row(found, last));
        }
      }
      return new ChainPage(rows, last);
    }
  }

  private static StoredRow row(ResultSet found, long seq) throws SQLException {
    return new StoredRow(
        "row " + seq,
        StoredRow.text(found.getBytes(4)),
        orEmpty(StoredRow.text(found.getBytes(5))),
        new StoredRow.Beside(
            seq, StoredRow.text(found.getBytes(2)), StoredRow.text(found.getBytes(3))));
  }

  /** A hash that is not even text is not the row's. */
  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Whether rows follow. */
  boolean isFull() {
    return rows.size() == SIZE;
  }
}
