package io.planwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in with a password that is mounted as a file. */
class PostgresPasswordTest {
  private static final String USER = PostgresServer.WITH_PASSWORD + "_tester";

  @TempDir Path folder;

  @Test
  void passwordThatIsReplaced_isUsedFromTheNextConnectionOn() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "first\n");
    PostgresLogin login = login(new PostgresPassword(Optional.empty(), Optional.of(file)));
    user("first");
    assertThatCode(() -> connect(login)).doesNotThrowAnyException();

    user("second");
    assertThatThrownBy(() -> connect(login))
        .isInstanceOfSatisfying(
            SQLException.class,
            e ->
                assertThat(PostgresFailure.explain(login.place(), e))
                    .contains("refuses our user or its password"));
    Files.writeString(file, "second\n");
    assertThatCode(() -> connect(login)).doesNotThrowAnyException();
  }

  @Test
  void fileThatIsGone_isNamed() {
    Path file = folder.resolve("gone");
    PostgresLogin login = login(new PostgresPassword(Optional.empty(), Optional.of(file)));

    assertThatThrownBy(() -> connect(login))
        .isInstanceOf(StoreTrouble.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void fileOfAPassword_mayEndItsLine() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), " canary \r\n");

    assertThat(new PostgresPassword(Optional.empty(), Optional.of(file)).read())
        .isEqualTo(" canary ");
  }

  @Test
  void password_isInNoText() {
    assertThat(new PostgresPassword(Optional.of("canary"), Optional.empty()).toString())
        .doesNotContain("canary");
  }

  private static PostgresLogin login(PostgresPassword password) {
    String url = PostgresServer.url("postgres").replaceFirst("\\?.*", "");
    return new PostgresLogin(url, USER, password);
  }

  private static void connect(PostgresLogin login) throws SQLException {
    login.connect(Duration.ofSeconds(10)).close();
  }

  private static void user(String password) {
    TestPostgres.administer(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s LOGIN; END IF;
        END $$"""
            .formatted(USER));
    TestPostgres.administer("ALTER ROLE %s PASSWORD '%s'".formatted(USER, password));
  }
}
