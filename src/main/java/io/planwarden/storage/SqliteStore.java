package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file. Readers never wait for the writer (WAL). It has its connections from here and not from
 * the platform, which would make a Flyway for each data source at each start.
 */
final class SqliteStore implements Store {
  private static final Logger LOG = Logger.getLogger(SqliteStore.class);
  private static final int READERS = 4;
  private static final String READING = "PRAGMA query_only=1";

  /** Ms; one waits only for whoever opens the file first or closes it last, and folds the WAL. */
  private static final int PATIENCE = 5_000;

  // A process that was told to stop serves on for the 10 s of a pod, and its successor may be
  // there.
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
  private static final int TRIES = 60;

  private final SqliteFile file;
  private final String url;
  private final AgroalDataSource readers;
  // What opened the file serves whoever reads first: a start needs no pool, which takes a
  // twentieth of its time.
  private final AtomicReference<@Nullable OneConnection> opened = new AtomicReference<>();
  private final Runnable pause;
  private @Nullable SqliteClaim claim;

  SqliteStore(Path path) {
    this(path, () -> LockSupport.parkNanos(BETWEEN_TRIES.toNanos()));
  }

  /**
   * A store of this file.
   *
   * @param pause waits before the file is claimed once more
   */
  SqliteStore(Path path, Runnable pause) {
    this.pause = pause;
    this.file = new SqliteFile(path);
    this.url = "jdbc:sqlite:" + file.path();
    this.readers = readers(url);
  }

  private static AgroalDataSource readers(String url) {
    var configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(READERS)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .reapTimeout(Duration.ofMinutes(5))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    // Not by way of the DriverManager, which knows only what was
                                    // loaded by then, and by whom.
                                    .connectionProviderClass(JDBC.class)
                                    // 2: never makes a file. One that was deleted under the
                                    // running service would come back empty.
                                    .jdbcUrl(url + "?open_mode=2&busy_timeout=" + PATIENCE)
                                    .initialSql(READING)));
    try {
      return AgroalDataSource.from(configuration);
    } catch (SQLException e) {
      throw new IllegalStateException("the pool of readers was not made", e);
    }
  }

  @Override
  public void open(String mode) {
    EventLoopGuard.check();
    SQLiteConfig config = SqliteWriteConnection.durable();
    config.setBusyTimeout(PATIENCE);
    SQLiteDataSource opener = new SQLiteDataSource(config);
    opener.setUrl(url);
    boolean isOpen = false;
    try {
      make();
      opened.set(upToDate(opener, mode));
      file.adopt();
      file.rememberWal();
      isOpen = true;
    } catch (SQLException e) {
      throw new StoreRefused(SqliteFailure.explain(file.path(), e), e);
    } catch (FlywayException e) {
      throw new StoreRefused(
          "The tables of the database file %s cannot be made: %s"
              .formatted(file.path(), e.getMessage()),
          e);
    } finally {
      if (!isOpen) {
        giveBack();
      }
    }
  }

  /**
   * Claims the file, and makes it where there is none. Nothing is made before the claim: of two
   * processes only one may have the open operations, and a restore gives the file its name.
   */
  private void make() {
    try {
      file.makeFolder();
      claim = SqliteClaim.of(file.path(), this::mayTryAgain);
      file.create();
    } catch (IOException e) {
      throw new StoreRefused(
          "The database file %s cannot be made (%s). Set PLANWARDEN_STORAGE_PATH to a place that can"
                  .formatted(file.path(), e)
              + " be written.",
          e);
    }
  }

  private boolean mayTryAgain(int tries) {
    if (tries == 1) {
      LOG.infof("waiting for %s: another process has it", file.path());
    }
    if (tries < TRIES) {
      pause.run();
    }
    return tries < TRIES;
  }

  /** For the next start in this process, as in dev mode. */
  private void giveBack() {
    SqliteClaim held = claim;
    if (held != null) {
      held.close();
      claim = null;
    }
  }

  /** A connection to the file as it is to be, which can only read from then on. */
  private OneConnection upToDate(SQLiteDataSource opener, String mode) throws SQLException {
    OneConnection one = new OneConnection();
    try {
      Connection connection = one.keep(opener.getConnection());
      SqliteSchema.update(connection, opener);
      Stamp.check(connection, mode, file.path().toString(), "PLANWARDEN_STORAGE_PATH");
      one.execute(READING);
      return one;
    } catch (SQLException | RuntimeException e) {
      one.discard();
      throw e;
    }
  }

  @Override
  public WriteConnection writer(Duration patience) {
    return new SqliteWriteConnection(file, this::closeReaders, SqliteWriteConnection.durable());
  }

  private void closeReaders() {
    closeOpened();
    readers.flush(FlushMode.GRACEFUL);
  }

  private void closeOpened() {
    OneConnection first = opened.getAndSet(null);
    if (first != null) {
      first.discard();
    }
  }

  @Override
  public Connection reader() throws SQLException {
    EventLoopGuard.check();
    if (file.existsReplaced()) {
      throw new StoreTrouble(
          "The database file %s was replaced by another.".formatted(file.path()));
    }
    OneConnection first = opened.getAndSet(null);
    return first == null ? readers.getConnection() : first.begun();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Connection aside(Duration patience) {
    throw new UnsupportedOperationException("one connection writes to a file");
  }

  @Override
  public void close() {
    closeOpened();
    readers.close();
    giveBack();
  }
}
