package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;

/**
 * The writing connection to a PostgreSQL database. Processes that share it write one after the
 * other, under a lock that ends with the transaction: whoever has it sees all that was committed
 * before, and knows that what was in doubt has come to its end.
 */
final class PostgresWriteConnection implements WriteConnection {
  /** Of the lock: the letters of planward. Locks are each database's own. */
  static final String LOCK = "SELECT pg_advisory_xact_lock(x'706c616e77617264'::bigint)";

  private static final String FILL =
      "UPDATE store_probe SET filler = decode(repeat('00', 65536), 'hex')";
  private static final String EMPTY = "UPDATE store_probe SET filler = ''";

  private final PostgresLogin login;
  private final Duration patience;
  private final OneConnection one = new OneConnection();

  PostgresWriteConnection(PostgresLogin login, Duration patience) {
    this.login = login;
    this.patience = patience;
  }

  @Override
  public Connection begin(Continuity continuity) throws SQLException {
    EventLoopGuard.check();
    Connection connection = connection(continuity);
    one.execute(LOCK);
    return connection;
  }

  @Override
  public void commit() throws SQLException {
    Connection connection = one.begun();
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
    begin(continuity);
    one.execute(FILL);
    one.execute(EMPTY);
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
    one.discard();
  }

  private Connection connection(Continuity continuity) throws SQLException {
    Connection connection = one.open();
    if (connection == null) {
      connection = one.keep(login.connect(patience));
      settle(connection);
      continuity.check(connection);
      connection.setAutoCommit(false);
      // What is to be seen may have been committed without its standby, by a server that crashed in
      // the wait for it. Once this is confirmed, all before it is.
      one.execute(EMPTY);
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
}
