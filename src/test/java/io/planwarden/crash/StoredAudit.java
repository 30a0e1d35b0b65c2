package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/**
 * The audit as the store has it, read from outside. Each reading goes on where the last one ended
 * and checks, with code that is not the service's, that the chain still holds what was seen before
 * and that every new row is in its place.
 */
final class StoredAudit {
  /** Opens the store from outside. */
  @FunctionalInterface
  interface Source {
    Connection open() throws SQLException;
  }

  private final Source source;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, StoredOperation> operations = new LinkedHashMap<>();
  private long seq;
  private String hash = "0".repeat(64);

  StoredAudit(Source source) {
    this.source = source;
  }

  /** That of a file, which may not be there yet. */
  static StoredAudit of(Path file) {
    return new StoredAudit(
        () -> {
          SQLiteConfig config = new SQLiteConfig();
          config.setBusyTimeout(10_000);
          // An empty one in memory stands for one that is not there.
          if (!Files.exists(file)) {
            return config.createConnection("jdbc:sqlite::memory:");
          }
          config.setReadOnly(true);
          return config.createConnection("jdbc:sqlite:" + file);
        });
  }

  /** All operations, by their marks. */
  Collection<StoredOperation> operations() {
    return operations.values();
  }

  StoredOperation operation(String mark) {
    return operations.get(mark);
  }

  long rows() {
    return seq;
  }

  /** Reads what is new. */
  void read() throws Exception {
    try (Connection connection = source.open();
        Statement statement = connection.createStatement()) {
      if (!hasTable(connection)) {
        assertThat(seq).as("rows that were there before").isZero();
        return;
      }
      if (seq > 0) {
        String last = "SELECT 1 FROM audit WHERE seq = " + seq + " AND hash = '" + hash + "'";
        assertThat(has(statement, last)).as("row %s:%s is still there", seq, hash).isTrue();
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT seq, operation_id, phase, row_json, hash FROM audit WHERE seq > "
                  + seq
                  + " ORDER BY seq")) {
        while (rows.next()) {
          add(rows);
        }
      }
    }
  }

  /** How many operations the store itself keeps as open. */
  long open() throws Exception {
    try (Connection connection = source.open();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM open_operation")) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  private void add(ResultSet row) throws Exception {
    String text = row.getString("row_json");
    JsonNode content = json.readTree(text);
    assertThat(row.getLong("seq")).isEqualTo(seq + 1).isEqualTo(content.path("seq").asLong());
    assertThat(content.path("prevHash").asText()).as(text).isEqualTo(hash);
    assertThat(row.getString("hash")).as(text).isEqualTo(sha256(text));
    assertThat(row.getString("phase")).isEqualTo(content.path("phase").asText());
    assertThat(row.getString("operation_id")).isEqualTo(content.path("operationId").asText());
    seq++;
    hash = row.getString("hash");
    if (!content.path("phase").asText().equals("note")) {
      String mark = Ask.markOfRow(content);
      StoredOperation operation =
          operations.computeIfAbsent(mark, m -> new StoredOperation(m, content));
      operation.add(content);
    }
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, "audit", null)) {
      return tables.next();
    }
  }

  private static boolean has(Statement statement, String query) throws Exception {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
