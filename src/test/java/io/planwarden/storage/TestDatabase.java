package io.planwarden.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;

/** A real database file of our schema, and what can befall it. */
public final class TestDatabase implements TestStore {
  private final Path path;
  private final SqliteFile file;

  public TestDatabase(Path path) {
    this.path = path;
    this.file = new SqliteFile(path);
    try {
      file.create();
      Flyway.configure().dataSource(url(), null, null).locations("db/sqlite").load().migrate();
      file.adopt();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public WriteConnection writer() {
    return writer(config -> {});
  }

  @Override
  public WriteConnection impatientWriter() {
    return writer(config -> config.setBusyTimeout(5));
  }

  /** A writer with other settings, for example with little room. */
  public WriteConnection writer(Consumer<SQLiteConfig> settings) {
    SQLiteConfig config = SqliteWriteConnection.durable();
    settings.accept(config);
    return new SqliteWriteConnection(file, () -> {}, config);
  }

  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?busy_timeout=5000&open_mode=2");
  }

  /** Moves the file, or what is in its place, away. */
  public Path moveAway(String name) {
    return move(path, path.resolveSibling(name));
  }

  /** Puts a file in its place, in one step. */
  public void putBack(Path from) {
    move(from, path);
  }

  /** Folds the WAL into the file, as the writer does in idle moments. */
  public void fold() {
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public void takeAway() {
    moveAway("away.db");
  }

  @Override
  public void giveBack() {
    putBack(path.resolveSibling("away.db"));
  }

  @Override
  public AutoCloseable lock() throws SQLException {
    Connection connection = connect();
    try (var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return connection;
  }

  @Override
  public long writes(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        var rows = select.executeQuery("SELECT total_changes()")) {
      return rows.getLong(1);
    }
  }

  @Override
  public String plan(String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = connect();
        var explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var steps = explain.executeQuery()) {
      while (steps.next()) {
        plan.append(steps.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }

  /** Copies the file alone, as it is. */
  public Path copy(String name) {
    try {
      return Files.copy(path, path.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void truncate(long size) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path move(Path from, Path to) {
    try {
      return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + path;
  }
}
