package io.planwarden.audit;

import io.planwarden.storage.StoreTrouble;
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

  /**
   * Reads the end of the stored chain.
   *
   * @throws StoreTrouble if that is no row, which another could follow
   */
  static Chain read(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "SELECT seq, row_json, hash FROM audit ORDER BY seq DESC LIMIT 1");
        var rows = select.executeQuery()) {
      if (!rows.next()) {
        return EMPTY;
      }
      long seq = rows.getLong(1);
      return Canonical.parse(rows.getString(2), rows.getString(3))
          .map(Chain::of)
          .orElseThrow(
              () ->
                  new StoreTrouble(
                      "The last row of the audit, %d, is no row: verify the audit, and put back a"
                              .formatted(seq)
                          + " database in which it is one."));
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
            connection.prepareStatement(
                "SELECT seq, row_json, hash FROM audit ORDER BY seq LIMIT 1");
        var rows = select.executeQuery()) {
      if (!rows.next()) {
        return false;
      }
      long first = rows.getLong(1);
      return first > seq + 1
          || (first == seq + 1
              && Canonical.parse(rows.getString(2), rows.getString(3))
                  .filter(row -> hash.equals(row.prevHash()))
                  .isPresent());
    }
  }

  /** The row in words that an anchor has, too. */
  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
