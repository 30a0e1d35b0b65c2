package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** The store that configuration names. The data sources of the other one are never touched. */
final class StoreChoice {
  private StoreChoice() {}

  @Produces
  @Singleton
  static Store store(
      StorageConfig config,
      @DataSource("sqlite") Instance<AgroalDataSource> file,
      @DataSource("sqlite-ro") Instance<AgroalDataSource> fileReader,
      @FlywayDataSource("sqlite") Instance<Flyway> fileMigrations,
      @DataSource("postgresql") Instance<AgroalDataSource> server,
      @DataSource("postgresql-ro") Instance<AgroalDataSource> serverReader,
      @FlywayDataSource("postgresql") Instance<Flyway> serverMigrations) {
    // A word that is none is refused by the checks of the start.
    return StorageKind.of(config.kind()).equals(Optional.of(StorageKind.POSTGRESQL))
        ? new PostgresStore(
            PostgresLogin.of(config), server::get, serverReader::get, serverMigrations::get)
        : new SqliteStore(Path.of(config.path()), file::get, fileReader::get, fileMigrations::get);
  }
}
