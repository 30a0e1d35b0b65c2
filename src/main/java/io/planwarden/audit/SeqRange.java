package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
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

  /** The last number, 0 before the first. */
  static long last(Connection connection) throws SQLException {
    return ends(connection).high - 1;
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
        Optional<Timed> next = timed(select, middle);
        if (next.isPresent() && next.get().at().isBefore(time)) {
          low = next.get().seq() + 1;
        } else {
          high = middle;
        }
      }
    }
    return low;
  }

  /** A row and its time. */
  private record Timed(long seq, Instant at) {}

  /** The first row from this number on that tells its time; what is no row tells none. */
  private static Optional<Timed> timed(PreparedStatement select, long from) throws SQLException {
    for (long seq = from; ; seq++) {
      select.setLong(1, seq);
      try (var rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        seq = rows.getLong(1);
        Optional<Instant> at =
            Canonical.parse(rows.getString(2), rows.getString(3)).map(AuditRow::at);
        if (at.isPresent()) {
          return Optional.of(new Timed(seq, at.get()));
        }
      }
    }
  }
}
