package io.planwarden.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a store a past: the last edit in it, again and again under other ids, in a chain that
 * holds. The application must not be running on it; it fills its index when it does again.
 */
final class History {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, Object>> ROW = new TypeReference<>() {};

  private final Connection store;

  private History(Connection store) {
    this.store = store;
  }

  /** Adds so many rows, an even number; the last two of the store must be those of an edit. */
  static void add(Path database, long rows)
      throws SQLException, IOException, GeneralSecurityException {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      History history = new History(store);
      // Faster than durable: who is disturbed here begins anew.
      history.run("PRAGMA journal_mode=OFF");
      history.run("PRAGMA synchronous=OFF");
      history.run("PRAGMA cache_size=-262144");
      store.setAutoCommit(false);
      history.repeatLast(rows);
      store.commit();
      store.setAutoCommit(true);
      history.run("PRAGMA journal_mode=WAL");
    }
  }

  private void repeatLast(long rows) throws SQLException, IOException, GeneralSecurityException {
    Map<String, Object> outcome;
    Map<String, Object> intent;
    String hash;
    try (var last =
        store
            .createStatement()
            .executeQuery("SELECT row_json, hash FROM audit ORDER BY seq DESC LIMIT 2")) {
      last.next();
      outcome = JSON.readValue(last.getString(1), ROW);
      hash = last.getString(2);
      last.next();
      intent = JSON.readValue(last.getString(1), ROW);
    }
    intent.put("at", outcome.get("at"));
    long first = ((Number) outcome.get("seq")).longValue() + 1;
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (PreparedStatement insert =
        store.prepareStatement(
            "INSERT INTO audit (seq, operation_id, phase, row_json, hash)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (long i = 0; i < rows; i++) {
        Map<String, Object> row = i % 2 == 0 ? intent : outcome;
        String id = "01HST%021d".formatted(i / 2);
        rename(row, Traffic.plan(1 + i / 2 % Case.PLANS));
        row.put("seq", first + i);
        row.put("operationId", id);
        row.put("requestId", id);
        row.put("prevHash", hash);
        String text = JSON.writeValueAsString(row);
        hash = HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        insert.setLong(1, first + i);
        insert.setString(2, id);
        insert.setString(3, (String) row.get("phase"));
        insert.setString(4, text);
        insert.setString(5, hash);
        insert.executeUpdate();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void rename(Map<String, Object> row, String plan) {
    for (String member : List.of("target", "before", "after")) {
      if (row.get(member) instanceof Map<?, ?> ids && ids.containsKey("usagePlanId")) {
        ((Map<String, Object>) ids).put("usagePlanId", plan);
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (var statement = store.createStatement()) {
      statement.execute(sql);
    }
  }
}
