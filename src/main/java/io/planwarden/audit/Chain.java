package io.planwarden.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

/**
 * The end of the chain: what the next row follows.
 *
 * @param seq number of the last row, 0 before the first
 * @param hash hash of the last row
 * @param at time of the last row; no row after it has an earlier one
 */
public record Chain(long seq, String hash, Instant at) {
  static final Chain EMPTY = new Chain(0, Canonical.GENESIS, Instant.EPOCH);

  /** Reads the end of the stored chain. */
  static Chain read(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "SELECT row_json, hash FROM audit ORDER BY seq DESC LIMIT 1");
        var rows = select.executeQuery()) {
      return rows.next() ? of(Canonical.parse(rows.getString(1), rows.getString(2))) : EMPTY;
    }
  }

  /** The end after this row. */
  static Chain of(AuditRow row) {
    return new Chain(
        Objects.requireNonNull(row.seq()),
        Objects.requireNonNull(row.hash()),
        Objects.requireNonNull(row.at()));
  }

  /** Whether the row that was the end is stored. */
  boolean isIn(Connection connection) throws SQLException {
    if (seq == 0) {
      return true;
    }
    try (var select = connection.prepareStatement("SELECT hash FROM audit WHERE seq = ?")) {
      select.setLong(1, seq);
      try (var rows = select.executeQuery()) {
        return rows.next() && rows.getString(1).equals(hash);
      }
    }
  }

  /**
   * Whether the row that was the end has been archived: what is stored begins behind it, and, where
   * that can be seen, with the row that follows it.
   */
  boolean isArchived(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement("SELECT row_json, hash FROM audit ORDER BY seq LIMIT 1");
        var rows = select.executeQuery()) {
      if (!rows.next()) {
        return false;
      }
      AuditRow first = Canonical.parse(rows.getString(1), rows.getString(2));
      long number = Objects.requireNonNull(first.seq());
      return number > seq + 1 || (number == seq + 1 && hash.equals(first.prevHash()));
    }
  }

  /** The row in words that an anchor has, too. */
  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
