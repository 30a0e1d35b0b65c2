package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the rows that lie in a time, found by halving: {@code at} never goes backwards
 * along the chain.
 *
 * @param low the first number
 * @param high the number after the last
 */
record SeqRange(long low, long high) {
  private static final String ENDS =
      "SELECT (SELECT min(seq) FROM audit), (SELECT max(seq) FROM audit)";
  static final String FIRST_FROM =
      "SELECT seq, row_json, hash FROM audit WHERE seq >= ? ORDER BY seq LIMIT 1";

  static SeqRange of(Connection connection, @Nullable Instant from, @Nullable Instant to)
      throws SQLException {
    SeqRange all = ends(connection);
    return new SeqRange(
        from == null ? all.low : firstAt(connection, from, all),
        to == null ? all.high : firstAt(connection, to, all));
  }

  private static SeqRange ends(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(ENDS);
        var rows = select.executeQuery()) {
      return rows.next() ? new SeqRange(rows.getLong(1), rows.getLong(2) + 1) : new SeqRange(0, 0);
    }
  }

  /** The first row that is not before the time; the number after the last if there is none. */
  private static long firstAt(Connection connection, Instant time, SeqRange all)
      throws SQLException {
    long low = all.low;
    long high = all.high;
    try (PreparedStatement select = connection.prepareStatement(FIRST_FROM)) {
      while (low < high) {
        long middle = low + (high - low) / 2;
        select.setLong(1, middle);
        try (var rows = select.executeQuery()) {
          if (!rows.next()) {
            high = middle;
            continue;
          }
          Instant at = Canonical.parse(rows.getString(2), rows.getString(3)).at();
          if (Objects.requireNonNull(at).isBefore(time)) {
            low = rows.getLong(1) + 1;
          } else {
            high = middle;
          }
        }
      }
    }
    return low;
  }
}
