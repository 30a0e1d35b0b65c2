package io.planwarden.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** What holds for a connection that writes, on the server's side. */
final class PostgresLimits {
  // A lock and a snapshot taken with it exclude each other: the head must be read after the lock.
  private static final String SETTINGS =
      "SELECT set_config('default_transaction_isolation', 'read committed', false),"
          // Nobody is to switch it off under the running service.
          + " set_config('synchronous_commit', current_setting('synchronous_commit'), false),"
          + " set_config('statement_timeout', ?, false),"
          + " set_config('lock_timeout', ?, false),"
          // A process that stands still must not hold a lock of all.
          + " set_config('idle_in_transaction_session_timeout', ?, false)";

  private PostgresLimits() {}

  /**
   * Sets them for the session.
   *
   * @param patience how long a statement may take
   */
  static void set(Connection connection, Duration patience) throws SQLException {
    try (PreparedStatement settings = connection.prepareStatement(SETTINGS)) {
      settings.setString(1, patience.toMillis() + "ms");
      // Shorter, so that it is known which of the two it was.
      settings.setString(2, patience.dividedBy(2).toMillis() + "ms");
      settings.setString(3, patience.multipliedBy(2).toMillis() + "ms");
      settings.execute();
    }
  }
}
