package io.planwarden.replica;

import io.planwarden.storage.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A connection that is kept, and opened again after it was discarded. For one thread. */
final class OwnConnection {
  private static final Logger LOG = Logger.getLogger(OwnConnection.class);

  private final Store store;
  private final Duration patience;
  private @Nullable Connection open;

  OwnConnection(Store store, Duration patience) {
    this.store = store;
    this.patience = patience;
  }

  Connection get() throws SQLException {
    Connection connection = open;
    if (connection == null) {
      connection = store.aside(patience);
      open = connection;
    }
    return connection;
  }

  /** Closes it, and with it a transaction that was begun. Never fails. */
  void discard() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("the connection for leases did not close", e);
      }
    }
  }
}
