package io.planwarden.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** The store that configuration names. Unless it is PostgreSQL, its data sources are left alone. */
final class StoreChoice {
  private StoreChoice() {}

  @Produces
  @Singleton
  static Store store(
      StorageConfig config,
      @DataSource("postgresql") Instance<AgroalDataSource> server,
      @DataSource("postgresql-ro") Instance<AgroalDataSource> serverReader) {
    // A word that is none is refused by the checks of the start.
    return StorageKind.of(config.kind()).equals(Optional.of(StorageKind.POSTGRESQL))
        ? new PostgresStore(PostgresLogin.of(config), server::get, serverReader::get)
        : new SqliteStore(Path.of(config.path()));
  }

  static void close(@Disposes Store store) {
    store.close();
  }
}
