package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * The database. One connection writes, a few others read; on SQLite readers never wait for the
 * writer (WAL). Every method that uses the database blocks and throws on an event-loop thread.
 */
@Singleton
public class Store {
  private final SqliteFile file;
  private final AgroalDataSource writer;
  private final AgroalDataSource reader;
  private final Flyway migrations;

  Store(
      StorageConfig config,
      @DataSource("sqlite") AgroalDataSource writer,
      @DataSource("sqlite-ro") AgroalDataSource reader,
      @FlywayDataSource("sqlite") Flyway migrations) {
    this.file = new SqliteFile(Path.of(config.path()));
    this.writer = writer;
    this.reader = reader;
    this.migrations = migrations;
  }

  /**
   * Brings the schema up to date and checks whom the store belongs to; to be called once, before
   * any other use.
   *
   * @param mode {@code sandbox} or {@code live}
   * @throws StoreMismatch if the store was made for the other mode
   */
  public void open(String mode) {
    EventLoopGuard.check();
    try {
      file.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    migrations.migrate();
    try {
      stamp(mode);
      file.adopt();
    } catch (SQLException e) {
      throw new IllegalStateException("the store could not be stamped", e);
    }
    // From now on only the connection of the audit writes.
    writer.flush(FlushMode.GRACEFUL);
  }

  private void stamp(String mode) throws SQLException {
    try (Connection connection = writer.getConnection()) {
      try (var insert =
          connection.prepareStatement("INSERT OR IGNORE INTO store_stamp VALUES (1, ?)")) {
        insert.setString(1, mode);
        insert.executeUpdate();
      }
      try (var select = connection.prepareStatement("SELECT mode FROM store_stamp");
          var rows = select.executeQuery()) {
        if (rows.next() && !rows.getString(1).equals(mode)) {
          throw new StoreMismatch(file.path().toString(), rows.getString(1), mode);
        }
      }
    }
  }

  /** The connection that writes. There is to be one, for one thread. */
  public WriteConnection writer() {
    return new SqliteWriteConnection(
        file, () -> reader.flush(FlushMode.GRACEFUL), SqliteWriteConnection.durable());
  }

  /**
   * A connection that can only read; the caller closes it.
   *
   * @throws StoreTrouble if the path names another database than the one that is written
   */
  public Connection reader() throws SQLException {
    EventLoopGuard.check();
    if (file.existsReplaced()) {
      throw new StoreTrouble(
          "The database file %s was replaced by another.".formatted(file.path()));
    }
    return reader.getConnection();
  }
}
