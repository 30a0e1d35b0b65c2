package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a server, for our session, that the promise of the audit rests on.
 *
 * @param standbys {@code synchronous_standby_names}, empty if commits wait for none
 */
record PostgresDurability(
    String synchronousCommit, String fsync, String encoding, String standbys) {
  private static final String SELECT =
      "SELECT current_setting('synchronous_commit'), current_setting('fsync'),"
          + " current_setting('server_encoding'), current_setting('synchronous_standby_names')";

  static PostgresDurability read(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        var rows = select.executeQuery(SELECT)) {
      rows.next();
      return new PostgresDurability(
          rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
    }
  }

  /** Why an audit cannot be kept there, to follow the name of the database. */
  Optional<String> objection() {
    if (synchronousCommit.equals("off")) {
      return Optional.of(
          "has synchronous_commit off for this user: a crash would lose what was acknowledged. Set"
              + " it to on, for example with ALTER ROLE … SET synchronous_commit = on.");
    }
    return encoding.equals("UTF8")
        ? Optional.empty()
        : Optional.of("is encoded in " + encoding + ": make one with ENCODING 'UTF8'.");
  }

  /** What is doubtful. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (fsync.equals("off")) {
      warnings.add("has fsync off: if its machine crashes, the audit is lost or damaged");
    }
    if (hasStandby() && (synchronousCommit.equals("local"))) {
      warnings.add(
          "has standbys and synchronous_commit = local: a failover may lose what was acknowledged");
    }
    return warnings;
  }

  boolean hasStandby() {
    return !standbys.isBlank();
  }
}
