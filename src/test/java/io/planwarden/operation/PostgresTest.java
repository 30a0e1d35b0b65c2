package io.planwarden.operation;

import static io.planwarden.operation.AuditOverHttp.archive;
import static io.planwarden.operation.AuditOverHttp.awaitReady;
import static io.planwarden.operation.AuditOverHttp.command;
import static io.planwarden.operation.AuditOverHttp.health;
import static io.planwarden.operation.AuditOverHttp.metric;
import static io.planwarden.operation.AuditOverHttp.ofAudit;
import static io.planwarden.operation.AuditOverHttp.rows;
import static io.planwarden.operation.AuditOverHttp.verify;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.planwarden.app.SandboxClient;
import io.planwarden.storage.PostgresProfile;
import io.planwarden.storage.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on PostgreSQL: its audit, its idempotency keys, and the loss of the database. */
@QuarkusTest
@TestProfile(PostgresProfile.class)
class PostgresTest {
  private static final Duration BACK = Duration.ofSeconds(20);

  @Inject SandboxClient sandbox;

  @BeforeEach
  void ready() {
    awaitReady(BACK);
  }

  @Test
  void change_isRecordedAndFoundByEveryFilter() {
    String request = "found-" + UUID.randomUUID();
    String operation = edit(request, null, 6).header("Operation-Id");
    edit(request, null, 7).then().statusCode(200);

    when()
        .get("/v1/operations/" + operation)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("applied"));
    rows(Map.of("requestId", request)).body("items", hasSize(4));
    rows(Map.of("requestId", request, "outcome", "applied", "usagePlanId", "planopen01"))
        .body("items", hasSize(2));
    rows(Map.of("requestId", request, "caller", "nobody")).body("items", hasSize(0));
    rows(Map.of("requestId", request, "from", "2999-01-01T00:00:00Z")).body("items", hasSize(0));
    given()
        .queryParam("requestId", request)
        .get("/v1/operations")
        .then()
        .body("items", hasSize(2))
        .body("items[1].operationId", equalTo(operation));
  }

  @Test
  void changeSentAgainUnderItsKey_hasOneEffect() {
    String key = "key-" + UUID.randomUUID();
    Response first = edit("first", key, 6);
    first.then().statusCode(200);
    int effects = sandbox.ledger().size();

    Response second = edit("second", key, 6);

    second.then().statusCode(200).header("Idempotency-Replayed", "true");
    assertThat(second.header("Operation-Id")).isEqualTo(first.header("Operation-Id"));
    assertThat(sandbox.ledger()).hasSize(effects);
    edit("third", key, 7).then().statusCode(422);
  }

  @Test
  void archivedRows_areInTheExportAndGoneHere(@TempDir Path folder) throws Exception {
    edit("archive", null, 6);
    String head = verify(null).getString("head");
    Path export = folder.resolve("a.ndjson");
    Files.write(
        export, when().get("/v1/audit/export").then().statusCode(200).extract().asByteArray());
    edit("archive", null, 7);
    assertThat(command("verify", export.toString(), "--anchor", head).text()).contains("good");

    archive(head.replaceAll(":.*", ":" + "0".repeat(64))).statusCode(409);
    archive(head).statusCode(200).body("through", equalTo(head));

    long through = Long.parseLong(head.substring(0, head.indexOf(':')));
    JsonPath left = verify(null);
    assertThat(left.getString("verdict")).isEqualTo("good");
    assertThat(left.getLong("firstSeq")).isEqualTo(through + 1);
    assertThat(left.getLong("archivedThrough")).isEqualTo(through);
    rows(Map.of("action", "edit-plan"))
        .body("items.findAll { it.seq <= " + through + " }", hasSize(0));
    awaitReady(BACK);
    edit("after", null, 8).then().statusCode(200);
  }

  @Test
  void rowWrittenAnew_isFound() throws SQLException {
    edit("tampered", null, 6);
    String head = verify(null).getString("head");
    try (Connection connection = DriverManager.getConnection(PostgresProfile.url());
        var statement = connection.createStatement()) {
      String text = "(SELECT row_json FROM audit ORDER BY seq DESC LIMIT 1)";
      statement.execute("CREATE TEMPORARY TABLE was AS SELECT " + text + " AS text");
      statement.execute("ALTER TABLE audit DISABLE TRIGGER audit_no_update");
      change(statement, "replace(row_json, 'planopen01', 'planfree01')");

      JsonPath found = verify(head);

      assertThat(found.getString("verdict")).isEqualTo("bad");
      assertThat(found.getString("firstBad.fault")).isEqualTo("edited");
      change(statement, "(SELECT text FROM was)");
      statement.execute("ALTER TABLE audit ENABLE TRIGGER audit_no_update");
    }
    assertThat(verify(head).getString("verdict")).isEqualTo("good");
  }

  private static void change(java.sql.Statement statement, String text) throws SQLException {
    statement.execute(
        "UPDATE audit SET row_json = " + text + " WHERE seq = (SELECT max(seq) FROM audit)");
  }

  @Test
  void databaseThatIsStopped_refusesChangesUntilItIsBack() {
    edit("before", null, 6).then().statusCode(200);
    int effects = sandbox.ledger().size();
    PostgresServer.stop();
    try {
      edit("lost", null, 7)
          .then()
          .statusCode(503)
          .time(lessThan(15_000L))
          .header("Retry-After", matchesPattern("[1-9]\\d*"))
          .body("code", equalTo("audit-unavailable"))
          .body("retryable", equalTo(true));
      edit("lost", "key-" + UUID.randomUUID(), 7).then().statusCode(503);
      Awaitility.await()
          .untilAsserted(
              () ->
                  health()
                      .then()
                      .statusCode(503)
                      .body(ofAudit("data.trouble"), containsString("cannot be reached")));
      when().get("/v1/usage-plans").then().statusCode(200);
      when().get("/v1/usage-plans/planopen01").then().statusCode(200);
      when().get("/v1/audit").then().statusCode(503).body("code", equalTo("audit-unavailable"));
      assertThat(sandbox.ledger()).hasSize(effects);
    } finally {
      PostgresServer.start();
    }

    awaitReady(BACK);
    edit("after", null, 8).then().statusCode(200);
    when().get("/v1/audit").then().statusCode(200);
    assertThat(sandbox.ledger()).hasSize(effects + 1);
    assertThat(verify(null).getString("verdict")).isEqualTo("good");
  }

  @Test
  void replicaThatCanHaveNoLease_isNotReadyUntilItCan() throws Exception {
    edit("before", null, 6).then().statusCode(200);
    double losses = metric("planwarden_replica_losses_total");
    try (Connection connection = DriverManager.getConnection(PostgresProfile.url());
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // The audit is written as before.
      statement.execute("LOCK TABLE replica");

      Awaitility.await()
          .atMost(BACK)
          .untilAsserted(
              () ->
                  health()
                      .then()
                      .statusCode(503)
                      .body(ofAudit("data.trouble"), containsString("can lease no target"))
                      .body(ofAudit("data.since"), notNullValue()));
      assertThat(metric("planwarden_audit_writable")).isZero();
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(metric("planwarden_replica_losses_total")).isEqualTo(losses + 1));
      edit("lost", null, 7).then().statusCode(503).body("code", equalTo("audit-unavailable"));
    }

    awaitReady(BACK);
    assertThat(metric("planwarden_audit_writable")).isEqualTo(1);
    assertThat(metric("planwarden_replica_losses_total")).isEqualTo(losses + 1);
    edit("after", null, 8).then().statusCode(200);
  }

  private static Response edit(String request, String key, int rate) {
    var sending =
        given()
            .header("X-Request-Id", request)
            .contentType("application/json")
            .body(Map.of("usagePlanName", "Open", "rateRps", rate));
    return (key == null ? sending : sending.header("Idempotency-Key", key))
        .put("/v1/usage-plans/planopen01");
  }
}
