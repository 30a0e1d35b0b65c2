package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** A database on a server, which several processes share. */
final class PostgresStore implements Store {
  private static final Logger LOG = Logger.getLogger(PostgresStore.class);

  private final PostgresLogin login;
  private final Supplier<AgroalDataSource> migrator;
  private final Supplier<AgroalDataSource> reader;

  PostgresStore(
      PostgresLogin login, Supplier<AgroalDataSource> migrator, Supplier<AgroalDataSource> reader) {
    this.login = login;
    this.migrator = migrator;
    this.reader = reader;
  }

  @Override
  public void open(String mode) {
    EventLoopGuard.check();
    try (Connection connection = migrator.get().getConnection()) {
      checkDurability(PostgresDurability.read(connection));
    } catch (SQLException e) {
      throw new StoreRefused(PostgresFailure.explain(login.place(), e), e);
    }
    try {
      Flyway.configure().dataSource(migrator.get()).locations("db/postgresql").load().migrate();
    } catch (FlywayException e) {
      throw new StoreRefused(
          "The tables of the %s cannot be made: %s".formatted(login.place(), e.getMessage()), e);
    }
    try (Connection connection = migrator.get().getConnection()) {
      Stamp.check(connection, mode, login.place(), "PLANWARDEN_STORAGE_URL");
    } catch (SQLException e) {
      throw new StoreRefused(PostgresFailure.explain(login.place(), e), e);
    }
    // From now on only the connection of the audit writes.
    migrator.get().flush(FlushMode.GRACEFUL);
  }

  private void checkDurability(PostgresDurability found) {
    found
        .objection()
        .ifPresent(
            objection -> {
              throw new StoreRefused("The %s %s".formatted(login.place(), objection));
            });
    found.warnings().forEach(warning -> LOG.warnf("the %s %s", login.place(), warning));
    if (!found.hasStandby()) {
      LOG.infof(
          "the %s waits for no standby: a failover to one loses what was not copied yet",
          login.place());
    }
  }

  @Override
  public WriteConnection writer(Duration patience) {
    return new PostgresWriteConnection(login, patience);
  }

  @Override
  public Connection reader() throws SQLException {
    EventLoopGuard.check();
    return reader.get().getConnection();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Connection aside(Duration patience) throws SQLException {
    EventLoopGuard.check();
    Connection connection = login.connect(patience);
    try {
      PostgresLimits.set(connection, patience);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
