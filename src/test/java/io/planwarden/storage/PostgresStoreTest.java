package io.planwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.planwarden.app.CapturedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which databases are taken for a store at the start. */
class PostgresStoreTest {
  @TempDir Path folder;

  private TestPostgres database(String name) {
    return new TestPostgres(folder.resolve(name));
  }

  private static void open(String url, String mode) {
    var configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)));
    try (AgroalDataSource pool = AgroalDataSource.from(configuration)) {
      PostgresLogin login = new PostgresLogin(url, null, PostgresPassword.NONE);
      new PostgresStore(login, () -> pool, () -> pool).open(mode);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void store_belongsToTheModeThatMadeIt() {
    String url = database("stamp").login().url();
    open(url, "sandbox");
    assertThatCode(() -> open(url, "sandbox")).doesNotThrowAnyException();

    assertThatThrownBy(() -> open(url, "live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContainingAll("made in sandbox mode", "PLANWARDEN_STORAGE_URL")
        .hasMessageNotContaining("user=");
  }

  @Test
  void synchronousCommitOff_isRefused() {
    TestPostgres database = database("lax");
    database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");

    assertThatThrownBy(() -> open(database.login().url(), "live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("has synchronous_commit off");
  }

  @Test
  void synchronousCommitSwitchedOff_doesNotReachTheConnectionThatWrites() throws SQLException {
    WriteConnection writer = database("pinned").writer();
    Connection connection = writer.begin(opened -> {});
    writer.commit();
    TestPostgres.set("synchronous_commit", "off");
    try (Connection other = database("pinned").connect()) {
      Awaitility.await()
          .until(() -> PostgresDurability.read(other).synchronousCommit().equals("off"));

      assertThat(PostgresDurability.read(connection).synchronousCommit()).isEqualTo("on");
    } finally {
      TestPostgres.set("synchronous_commit", "on");
      writer.discard();
    }
  }

  @Test
  void otherEncodingsThanUtf8_areRefused() {
    TestPostgres.administer(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

    assertThatThrownBy(() -> open(PostgresServer.url("latin"), "live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("is encoded in LATIN1");
  }

  @Test
  void databaseThatCannotBeUsed_isNamedWithoutItsSecrets() {
    PostgresServer.url("postgres");
    String nobody = PostgresServer.url("nowhere") + "&password=canary";
    assertThatThrownBy(() -> open(nobody, "live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("/nowhere does not exist")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x", "live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessage("The PostgreSQL database 127.0.0.1:1/x cannot be reached.");
  }

  @Test
  void missingStandby_isToldOf() {
    try (CapturedLog log = new CapturedLog()) {
      open(database("alone").login().url(), "live");
      assertThat(log.lines()).anyMatch(line -> line.contains("waits for no standby"));
    }
  }

  @Test
  void doubtfulSettings_areWarnedOf() {
    assertThat(new PostgresDurability("on", "off", "UTF8", "").warnings())
        .singleElement()
        .asString()
        .contains("fsync off");
    assertThat(new PostgresDurability("local", "on", "UTF8", "one").warnings())
        .singleElement()
        .asString()
        .contains("synchronous_commit = local");
    assertThat(new PostgresDurability("remote_apply", "on", "UTF8", "one").warnings()).isEmpty();
  }

  /** The start of two replicas of a new version. */
  @Test
  void severalAtOnce_makeOneSchema() {
    TestPostgres.administer("CREATE DATABASE fresh");
    String url = PostgresServer.url("fresh");

    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> open(url, "live"));
    open(url, "live");

    other.join();
  }
}
