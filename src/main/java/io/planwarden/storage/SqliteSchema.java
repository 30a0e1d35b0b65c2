package io.planwarden.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The tables of an SQLite file. Flyway makes them; the file says in its {@code user_version} which
 * scripts it was last found to have (<a
 * href="https://sqlite.org/pragma.html#pragma_user_version">SQLite</a>), so that most starts do
 * without Flyway. Blocks.
 */
final class SqliteSchema {
  private static final String FOLDER = "db/sqlite";

  /** All of the folder, for a program cannot list what is in it. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__audit.sql",
          "V2__store_probe.sql",
          "V3__audit_term.sql",
          "V4__idempotency_key.sql",
          "V5__audit_posting.sql",
          "V6__audit_posting_part.sql");

  private SqliteSchema() {}

  /**
   * Runs the scripts that the file has not seen; throws as Flyway does.
   *
   * @param open a connection to the file, outside of any transaction
   * @param file where Flyway gets its own
   */
  static void update(Connection open, DataSource file) throws SQLException {
    int wanted = fingerprint();
    if (version(open) != wanted) {
      Flyway.configure().dataSource(file).locations(FOLDER).load().migrate();
      try (var statement = open.createStatement()) {
        statement.execute("PRAGMA user_version = " + wanted);
      }
    }
  }

  private static int version(Connection open) throws SQLException {
    try (var statement = open.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /** Of the names and the contents of all scripts. */
  private static int fingerprint() {
    CRC32 sum = new CRC32();
    for (String script : SCRIPTS) {
      sum.update(script.getBytes(StandardCharsets.UTF_8));
      sum.update(read(script));
    }
    return (int) sum.getValue();
  }

  private static byte[] read(String script) {
    try (InputStream in =
        SqliteSchema.class.getClassLoader().getResourceAsStream(FOLDER + '/' + script)) {
      return Objects.requireNonNull(in, script).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
