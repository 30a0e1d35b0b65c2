package io.planwarden.audit;

import io.planwarden.request.Caller;
import io.planwarden.storage.StoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A small database with a chain in it. */
final class SampleChain {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private SampleChain() {}

  /** Makes the database; its rows cannot be told apart from what the application writes. */
  static Connection create(Path file, int rows) throws SQLException, IOException {
    Connection connection = StoreFile.openToWrite(file);
    for (String script :
        List.of(
            "V1__audit.sql",
            "V3__audit_term.sql",
            "V5__audit_posting.sql",
            "V6__audit_posting_part.sql")) {
      execute(connection, script);
    }
    try (var statement = connection.createStatement()) {
      // As somebody does who has the file in hand.
      statement.execute("DROP TRIGGER audit_no_update");
    }
    connection.setAutoCommit(false);
    for (int i = 1; i <= rows; i++) {
      append(connection, i, row(i));
    }
    connection.commit();
    return connection;
  }

  static AuditRow append(Connection connection, int second, AuditRow row) throws SQLException {
    Clock clock = Clock.fixed(START.plusSeconds(second), ZoneOffset.UTC);
    try (RowStatements statements = new RowStatements(connection)) {
      return new Appender(statements, Chain.read(connection), clock).append(row);
    }
  }

  private static void execute(Connection connection, String script)
      throws SQLException, IOException {
    try (InputStream in = SampleChain.class.getResourceAsStream("/db/sqlite/" + script);
        var statement = connection.createStatement()) {
      // The driver runs all statements of a script.
      statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static AuditRow row(int i) {
    boolean intent = i % 2 == 1;
    return AuditRowBuilder.builder()
        .phase(intent ? Phase.INTENT : Phase.OUTCOME)
        .operationId("01ARZ3NDEKTSV4RRFFQ6%05d".formatted((i + 1) / 2))
        .requestId("order-" + i % 7)
        .caller(new Caller("가나 \u2028 " + i % 3, "none", false, "127.0.0.1", Set.of(), null))
        .action(i % 4 < 2 ? "edit-plan" : "delete-plan")
        .target(Map.of("usagePlanId", "plan" + i % 5))
        .reason("because \\ \"" + i + "\"\n\u0085")
        .request(Map.of("rateRps", i, "usagePlanName", "Silver"))
        .before(Map.of("usagePlanId", "plan" + i % 5))
        .outcome(intent ? null : Outcome.APPLIED)
        .upstream(intent ? null : new Upstream(200, null, 1, 12L))
        .deadline(intent ? START : null)
        .build();
  }

  static List<StoredRow> rows(Connection connection) throws SQLException {
    List<StoredRow> rows = new ArrayList<>();
    read(connection, rows::add);
    return rows;
  }

  static Verification verify(Connection connection, Anchor anchor) throws SQLException {
    ChainCheck check = new ChainCheck(anchor, null);
    read(connection, check::add);
    return check.end();
  }

  private static void read(Connection connection, Consumer<StoredRow> to) throws SQLException {
    ChainPage page = new ChainPage(List.of(), ChainPage.START);
    do {
      page = ChainPage.read(connection, page.last(), Long.MAX_VALUE);
      page.rows().forEach(to);
    } while (page.isFull());
  }
}
