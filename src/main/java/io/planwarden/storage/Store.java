package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * The database. One connection writes, a few others read; on SQLite readers never wait for the
 * writer (WAL). Every method blocks and throws on an event-loop thread.
 */
@Singleton
public class Store {
  private final StorageConfig config;
  private final AgroalDataSource writer;
  private final AgroalDataSource reader;
  private final Flyway migrations;

  Store(
      StorageConfig config,
      @DataSource("sqlite") AgroalDataSource writer,
      @DataSource("sqlite-ro") AgroalDataSource reader,
      @FlywayDataSource("sqlite") Flyway migrations) {
    this.config = config;
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
      Path folder = Path.of(config.path()).toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    migrations.migrate();
    stamp(mode);
  }

  private void stamp(String mode) {
    try (Connection connection = writer()) {
      try (var insert =
          connection.prepareStatement("INSERT OR IGNORE INTO store_stamp VALUES (1, ?)")) {
        insert.setString(1, mode);
        insert.executeUpdate();
      }
      try (var select = connection.prepareStatement("SELECT mode FROM store_stamp");
          var rows = select.executeQuery()) {
        if (rows.next() && !rows.getString(1).equals(mode)) {
          throw new StoreMismatch(config.path(), rows.getString(1), mode);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the store could not be stamped", e);
    }
  }

  /** The connection that writes; the caller closes it. There is only one at a time. */
  public Connection writer() throws SQLException {
    EventLoopGuard.check();
    return writer.getConnection();
  }

  /** A connection that can only read; the caller closes it. */
  public Connection reader() throws SQLException {
    EventLoopGuard.check();
    return reader.getConnection();
  }
}
