package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A connection that somebody has, while it is open. For one thread at a time; blocks. */
public final class OneConnection {
  private static final Logger LOG = Logger.getLogger(OneConnection.class);

  private @Nullable Connection open;

  /** The connection, null if none is open. */
  public @Nullable Connection open() {
    return open;
  }

  /** The connection; throws if none is open. */
  public Connection begun() throws SQLException {
    if (open == null) {
      throw new SQLException("no transaction was begun");
    }
    return open;
  }

  /** From now on this one, until it is discarded. */
  public Connection keep(Connection connection) {
    open = connection;
    return connection;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = begun().createStatement()) {
      statement.execute(sql);
    }
  }

  /** Closes the connection, and with it a transaction that was begun. Never fails. */
  public void discard() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("the connection to the database did not close", e);
      }
    }
  }
}
