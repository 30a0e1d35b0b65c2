package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The writing connection to a PostgreSQL database. Processes that share it write one after the
 * other, under a lock that ends with the transaction: whoever has it sees all that was committed
 * before, and knows that what was in doubt has come to its end.
 */
final class PostgresWriteConnection implements WriteConnection {
  private static final Logger LOG = Logger.getLogger(PostgresWriteConnection.class);

  /** Of the lock: the letters of planward. Locks are each database's own. */
  static final String LOCK = "SELECT pg_advisory_xact_lock(x'706c616e77617264'::bigint)";

  private static final String FILL =
      "UPDATE store_probe SET filler = decode(repeat('00', 65536), 'hex')";
  private static final String EMPTY = "UPDATE store_probe SET filler = ''";

  private final PostgresLogin login;
  private final Duration patience;
  private @Nullable Connection open;

  PostgresWriteConnection(PostgresLogin login, Duration patience) {
    this.login = login;
    this.patience = patience;
  }

  @Override
  public Connection begin(Continuity continuity) throws SQLException {
    EventLoopGuard.check();
    Connection connection = connection(continuity);
    execute(connection, LOCK);
    return connection;
  }

  @Override
  public void commit() throws SQLException {
    Connection connection = open;
    if (connection == null) {
      throw new SQLException("no transaction was begun");
    }
    connection.clearWarnings();
    connection.commit();
    // A wait for the standby that is broken off is a commit with a warning.
    SQLWarning warning = connection.getWarnings();
    if (warning != null && !"00000".equals(warning.getSQLState())) {
      throw new SQLException(warning.getMessage(), warning.getSQLState(), warning);
    }
  }

  @Override
  public void rest() {
    // It keeps its own house.
  }

  @Override
  public void tryOut(Continuity continuity) throws SQLException {
    Connection connection = begin(continuity);
    execute(connection, FILL);
    execute(connection, EMPTY);
    commit();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public String explain(SQLException failure) {
    return PostgresFailure.explain(login.place(), failure);
  }

  @Override
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

  private Connection connection(Continuity continuity) throws SQLException {
    Connection connection = open;
    if (connection == null) {
      connection = login.connect(patience);
      open = connection;
      settle(connection);
      continuity.check(connection);
      connection.setAutoCommit(false);
      // What is to be seen may have been committed without its standby, by a server that crashed in
      // the wait for it. Once this is confirmed, all before it is.
      execute(connection, EMPTY);
      commit();
    }
    return connection;
  }

  private void settle(Connection connection) throws SQLException {
    String objection = PostgresDurability.read(connection).objection().orElse(null);
    if (objection != null) {
      throw new StoreTrouble("The %s %s".formatted(login.place(), objection));
    }
    PostgresLimits.set(connection, patience);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
