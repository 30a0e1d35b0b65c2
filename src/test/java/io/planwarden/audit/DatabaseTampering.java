package io.planwarden.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** What somebody can do to a database who has the file. */
enum DatabaseTampering {
  FLIP_A_BIT(true),
  EDIT_A_MEMBER(true),
  EDIT_AND_HASH_ONE(true),
  EDIT_AND_HASH_ALL_AFTER(false),
  DELETE_ONE(true),
  DELETE_SOME(true),
  INSERT_A_COPY(false),
  SWAP_TEXTS(true),
  SWAP_ROWS(true),
  CUT_THE_TAIL(true),
  APPEND_A_COPY(true),
  CHANGE_OPERATION_ID(true),
  CHANGE_PHASE(true),
  CHANGE_HASH(true),
  NEGATIVE_NUMBER(false);

  private final boolean named;

  DatabaseTampering(boolean named) {
    this.named = named;
  }

  /** Whether the verifier can tell the very row. */
  boolean isNamed() {
    return named;
  }

  /** Does it; the result is the number of the first row that is not as it was. */
  long apply(Connection connection, int rows, Random random) throws SQLException {
    int i = 1 + random.nextInt(rows);
    int j = 1 + (i + random.nextInt(rows - 1)) % rows;
    switch (this) {
      case FLIP_A_BIT -> {
        byte[] text = text(connection, i).getBytes(StandardCharsets.UTF_8);
        text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
        try (var update =
            connection.prepareStatement(
                "UPDATE audit SET row_json = CAST(? AS TEXT) WHERE seq = ?")) {
          update.setBytes(1, text);
          update.setInt(2, i);
          update.executeUpdate();
        }
      }
      case EDIT_A_MEMBER -> set(connection, i, "row_json", edited(connection, i));
      case EDIT_AND_HASH_ONE -> {
        // With the last row the head is another, which is a chain rewritten at its end.
        String text = edited(connection, i);
        set(connection, i, "row_json", text);
        set(connection, i, "hash", Canonical.hash(text));
      }
      case EDIT_AND_HASH_ALL_AFTER -> {
        String text = edited(connection, i);
        rehash(connection, i, rows, text);
      }
      case DELETE_ONE -> {
        sql(connection, "DELETE FROM audit WHERE seq = " + i);
      }
      case DELETE_SOME -> {
        sql(connection, "DELETE FROM audit WHERE seq BETWEEN " + i + " AND " + (i + j));
      }
      case CUT_THE_TAIL -> sql(connection, "DELETE FROM audit WHERE seq >= " + i);
      case INSERT_A_COPY -> {
        sql(connection, "UPDATE audit SET seq = -seq - 1 WHERE seq >= " + i);
        sql(connection, "UPDATE audit SET seq = -seq WHERE seq < 0");
        copy(connection, i == 1 ? 2 : i - 1, i);
      }
      case SWAP_TEXTS -> {
        String one = text(connection, i);
        set(connection, i, "row_json", text(connection, j));
        set(connection, j, "row_json", one);
        return Math.min(i, j);
      }
      case SWAP_ROWS -> {
        sql(connection, "UPDATE audit SET seq = 0 WHERE seq = " + i);
        sql(connection, "UPDATE audit SET seq = " + i + " WHERE seq = " + j);
        sql(connection, "UPDATE audit SET seq = " + j + " WHERE seq = 0");
        return Math.min(i, j);
      }
      case APPEND_A_COPY -> {
        copy(connection, i, rows + 1);
        return rows + 1;
      }
      case CHANGE_OPERATION_ID -> set(connection, i, "operation_id", "another");
      case CHANGE_PHASE -> set(connection, i, "phase", "resolution");
      case CHANGE_HASH -> set(connection, i, "hash", "0".repeat(64));
      case NEGATIVE_NUMBER -> {
        copy(connection, i, -i);
        return -i;
      }
    }
    return i;
  }

  private static void rehash(Connection connection, int from, int rows, String first)
      throws SQLException {
    String text = first;
    for (int i = from; i <= rows; i++) {
      String hash = Canonical.hash(text);
      set(connection, i, "row_json", text);
      set(connection, i, "hash", hash);
      if (i < rows) {
        text =
            text(connection, i + 1)
                .replaceAll("\"prevHash\":\"[0-9a-f]{64}\"", "\"prevHash\":\"" + hash + "\"");
      }
    }
  }

  private static String edited(Connection connection, int seq) throws SQLException {
    return text(connection, seq).replace("\"kind\":\"none\"", "\"kind\":\"oidc\"");
  }

  private static void copy(Connection connection, int from, long to) throws SQLException {
    sql(
        connection,
        "INSERT INTO audit SELECT "
            + to
            + ", operation_id, phase, row_json, hash FROM audit"
            + " WHERE seq = "
            + from);
  }

  private static String text(Connection connection, int seq) throws SQLException {
    try (var select = connection.prepareStatement("SELECT row_json FROM audit WHERE seq = " + seq);
        var rows = select.executeQuery()) {
      return rows.getString(1);
    }
  }

  private static void set(Connection connection, int seq, String column, String value)
      throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE audit SET " + column + " = ? WHERE seq = ?")) {
      update.setString(1, value);
      update.setInt(2, seq);
      update.executeUpdate();
    }
  }

  private static void sql(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
