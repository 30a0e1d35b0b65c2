package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** What a store belongs to, written once: the sandbox, or NCP itself. */
final class Stamp {
  private Stamp() {}

  /**
   * Stamps a new store; throws if one that is stamped belongs to the other mode.
   *
   * @param place the store in words
   * @param setting what names another store
   */
  static void check(Connection connection, String mode, String place, String setting)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO store_stamp VALUES (1, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, mode);
      insert.executeUpdate();
    }
    try (var select = connection.prepareStatement("SELECT mode FROM store_stamp");
        var rows = select.executeQuery()) {
      if (rows.next() && !rows.getString(1).equals(mode)) {
        String stamped = rows.getString(1);
        throw new StoreRefused(
            "The store %s was made in %s mode and is now opened in %s mode. Set %s to another"
                    .formatted(place, stamped, mode, setting)
                + " one, or start in "
                + stamped
                + " mode.");
      }
    }
  }
}
