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
  /** Every row, whatever number somebody has given it. */
  static final SeqRange ALL = new SeqRange(-Long.MAX_VALUE, Long.MAX_VALUE);

  private static final String FIRST = "SELECT min(seq) FROM audit";
  private static final String LAST = "SELECT max(seq) FROM audit";
  static final String FIRST_OF =
      "SELECT seq, row_json, hash FROM audit WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT 1";

  /** A time that is null bounds nothing. */
  static SeqRange of(Connection connection, @Nullable Instant from, @Nullable Instant to)
      throws SQLException {
    if (from == null && to == null) {
      return ALL;
    }
    SeqRange all = new SeqRange(first(connection), last(connection) + 1);
    return new SeqRange(
        from == null ? ALL.low : firstAt(connection, from, all),
        to == null ? ALL.high : firstAt(connection, to, all));
  }

  /**
   * The first number, 0 if there is no row. Not for every request: after an archiving PostgreSQL
   * steps over all that was removed as long as somebody has an old snapshot.
   */
  static long first(Connection connection) throws SQLException {
    return number(connection, FIRST);
  }

  /** The last number, 0 if there is no row. */
  static long last(Connection connection) throws SQLException {
    return number(connection, LAST);
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var select = connection.prepareStatement(sql);
        var rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The first row that is not before the time; the number after the last if there is none. */
  private static long firstAt(Connection connection, Instant time, SeqRange all)
      throws SQLException {
    long low = all.low;
    long high = all.high;
    try (PreparedStatement select = connection.prepareStatement(FIRST_OF)) {
      while (low < high) {
        long middle = low + (high - low) / 2;
        Optional<Timed> next = timed(select, middle, high);
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

  /** The first row before the end that tells its time; what is no row tells none. */
  private static Optional<Timed> timed(PreparedStatement select, long from, long end)
      throws SQLException {
    select.setLong(2, end);
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
