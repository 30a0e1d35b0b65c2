package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;

/** A file. Readers never wait for the writer (WAL). */
final class SqliteStore implements Store {
  private final SqliteFile file;
  private final Supplier<AgroalDataSource> writer;
  private final Supplier<AgroalDataSource> reader;
  private final Supplier<Flyway> migrations;

  SqliteStore(
      Path path,
      Supplier<AgroalDataSource> writer,
      Supplier<AgroalDataSource> reader,
      Supplier<Flyway> migrations) {
    this.file = new SqliteFile(path);
    this.writer = writer;
    this.reader = reader;
    this.migrations = migrations;
  }

  @Override
  public void open(String mode) {
    EventLoopGuard.check();
    try {
      file.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    migrations.get().migrate();
    try (Connection connection = writer.get().getConnection()) {
      Stamp.check(connection, mode, file.path().toString(), "PLANWARDEN_STORAGE_PATH");
      file.adopt();
    } catch (SQLException e) {
      throw new IllegalStateException("the store could not be stamped", e);
    }
    // From now on only the connection of the audit writes.
    writer.get().flush(FlushMode.GRACEFUL);
  }

  @Override
  public WriteConnection writer(Duration patience) {
    return new SqliteWriteConnection(
        file, () -> reader.get().flush(FlushMode.GRACEFUL), SqliteWriteConnection.durable());
  }

  @Override
  public Connection reader() throws SQLException {
    EventLoopGuard.check();
    if (file.existsReplaced()) {
      throw new StoreTrouble(
          "The database file %s was replaced by another.".formatted(file.path()));
    }
    return reader.get().getConnection();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Connection aside(Duration patience) {
    throw new UnsupportedOperationException("one connection writes to a file");
  }
}
