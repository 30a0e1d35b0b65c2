package io.planwarden.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;

/** A database of its own on the tests' PostgreSQL. */
public final class TestPostgres implements TestStore {
  private static final Map<Path, String> NAMES = new HashMap<>();
  private static final String TEMPLATE = "planwarden_template";

  private static final String BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = ?";

  private final String name;

  /** The database that stands for the path, which is only a name here. */
  public TestPostgres(Path path) {
    synchronized (NAMES) {
      if (NAMES.isEmpty()) {
        administer("CREATE DATABASE " + TEMPLATE);
        Flyway.configure()
            .dataSource(PostgresServer.url(TEMPLATE), null, null)
            .locations("db/postgresql")
            .load()
            .migrate();
      }
      String known = NAMES.get(path.toAbsolutePath());
      name = known != null ? known : "test" + NAMES.size();
      if (known == null) {
        administer("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        NAMES.put(path.toAbsolutePath(), name);
      }
    }
  }

  @Override
  public WriteConnection writer() {
    return writer(Duration.ofSeconds(1));
  }

  @Override
  public WriteConnection impatientWriter() {
    return writer(Duration.ofMillis(50));
  }

  /** A writer that waits so long for an answer. */
  public WriteConnection writer(Duration patience) {
    return new PostgresWriteConnection(login(), patience);
  }

  /** The store of somebody who has only to do with what is beside the audit. */
  public Store store() {
    return new PostgresStore(login(), TestPostgres::notHere, TestPostgres::notHere);
  }

  private static <T> T notHere() {
    throw new UnsupportedOperationException();
  }

  /** Its address, for whichever user. */
  public String url() {
    String url = PostgresServer.url(name);
    return url.substring(0, url.indexOf('?'));
  }

  public String name() {
    return name;
  }

  /**
   * A writer's connection that has taken the lock and goes no further, with the time limits of one
   * that has a patience of a second.
   */
  public Connection freeze() throws SQLException {
    return writer(Duration.ofSeconds(1)).begin(connection -> {});
  }

  /** Makes the server processes of those who are connected stand still. */
  public void stopBackends() {
    signalBackends("STOP");
  }

  /** Lets them go on. */
  public void continueBackends() {
    signalBackends("CONT");
  }

  private void signalBackends(String signal) {
    try (Connection connection = PostgresServer.connect("postgres");
        var select = connection.prepareStatement(BACKENDS)) {
      select.setString(1, name);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          PostgresServer.signal(signal, rows.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has all commits wait for a standby that there is not. */
  public static void awaitStandby() {
    set("synchronous_standby_names", "ghost");
    // The setting is in force a moment later, which a commit shows that waits.
    Awaitility.await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              CompletableFuture.runAsync(
                  () -> administer("COMMENT ON DATABASE postgres IS 'written'"));
              return !waiting().isEmpty();
            });
  }

  /** Ends that, and lets those go on that wait. */
  public static void awaitNoStandby() {
    set("synchronous_standby_names", "");
    Awaitility.await().until(() -> waiting().isEmpty());
  }

  /** Cancels what waits for the standby in this database, once it does. */
  public void breakOffWait() {
    Awaitility.await().until(() -> waiting().contains(name));
    administer(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            + " AND datname = '"
            + name
            + "'");
  }

  private static Set<String> waiting() throws SQLException {
    Set<String> names = new HashSet<>();
    try (Connection connection = PostgresServer.connect("postgres");
        var select = connection.createStatement();
        var rows =
            select.executeQuery(
                "SELECT datname FROM pg_stat_activity WHERE wait_event = 'SyncRep'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** Changes a setting of the whole server, for connections that are open as well. */
  public static void set(String setting, String value) {
    administer("ALTER SYSTEM SET " + setting + " = '" + value + "'");
    administer("SELECT pg_reload_conf()");
  }

  PostgresLogin login() {
    return new PostgresLogin(PostgresServer.url(name), null, PostgresPassword.NONE);
  }

  @Override
  public Connection connect() throws SQLException {
    return PostgresServer.connect(name);
  }

  @Override
  public void takeAway() {
    administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    administer(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
            + name
            + "'");
  }

  @Override
  public void giveBack() {
    administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  @Override
  public AutoCloseable lock() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(PostgresWriteConnection.LOCK);
    }
    return connection;
  }

  @Override
  public long writes(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        var rows = select.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
      return rows.next() && rows.getBoolean(1) ? 1 : 0;
    }
  }

  @Override
  public String plan(String sql) throws SQLException {
    // Only a simple query leaves $1 to EXPLAIN.
    String url = PostgresServer.url(name) + "&preferQueryMode=simple";
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      // Of a small table a plan says nothing otherwise.
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_sort = off");
      StringBuilder plan = new StringBuilder();
      try (var rows = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(sql))) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private static String numbered(String sql) {
    StringBuilder numbered = new StringBuilder();
    int number = 0;
    for (char c : sql.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++number : c);
    }
    return numbered.toString();
  }

  /** Runs a statement as administrator, beside the database. */
  public static void administer(String sql) {
    try (Connection connection = PostgresServer.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
