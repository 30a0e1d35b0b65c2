package io.planwarden.audit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The end of the chain: the number and hash that the next row follows.
 *
 * @param seq number of the last row, 0 before the first
 * @param hash hash of the last row
 */
record Chain(long seq, String hash) {
  /** Reads the end of the stored chain. */
  static Chain read(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
        var rows = select.executeQuery()) {
      return rows.next()
          ? new Chain(rows.getLong(1), rows.getString(2))
          : new Chain(0, Canonical.GENESIS);
    }
  }
}
