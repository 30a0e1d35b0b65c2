package io.planwarden.operation;

import static io.planwarden.operation.AuditOverHttp.awaitReady;
import static io.planwarden.operation.AuditOverHttp.health;
import static io.planwarden.operation.AuditOverHttp.ofAudit;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.planwarden.app.SandboxClient;
import io.planwarden.usageplan.Strict;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * While the audit cannot be written, nothing is changed, everything is read, and readiness says so.
 */
@QuarkusTest
@TestProfile(Strict.class)
class AuditUnavailableTest {
  private static final Duration BACK = Duration.ofSeconds(10);

  @Inject SandboxClient sandbox;

  @ConfigProperty(name = "planwarden.storage.path")
  Path database;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @BeforeEach
  void ready() {
    awaitReady(BACK);
  }

  @Test
  void missingFile_refusesChangesUntilItIsBack() throws Exception {
    assertThat(edit(6).statusCode()).isEqualTo(200);
    Path away = database.resolveSibling("away.db");
    Files.move(database, away);

    refusesChanges("is missing: put it back");
    assertThat(database).doesNotExist();
    Files.move(away, database);

    goesOn();
  }

  @Test
  void lockedDatabase_refusesChangesUntilItIsFree() throws Exception {
    assertThat(edit(6).statusCode()).isEqualTo(200);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      refusesChanges("locked by another process");
      statement.execute("ROLLBACK");
    }
    goesOn();
  }

  @Test
  void olderCopy_refusesChangesUntilTheRightFileIsBack() throws Exception {
    assertThat(edit(6).statusCode()).isEqualTo(200);
    Path older = Files.copy(database, database.resolveSibling("older.db"));
    assertThat(edit(7).statusCode()).isEqualTo(200);
    Path right = database.resolveSibling("right.db");
    Files.move(database, right);
    Files.move(older, database);

    refusesChanges("database");
    Files.delete(database);
    Files.move(right, database);

    goesOn();
  }

  private void refusesChanges(String words) {
    int effects = sandbox.ledger().size();
    // Read, compared, and refused where its intent would have to be written.
    edit(8)
        .then()
        .statusCode(503)
        .header("Retry-After", matchesPattern("[1-9]\\d*"))
        .body("code", equalTo("audit-unavailable"))
        .body("retryable", equalTo(true));
    health().then().statusCode(503).body(ofAudit("status"), equalTo("DOWN"));
    Awaitility.await()
        .untilAsserted(() -> health().then().body(ofAudit("data.trouble"), containsString(words)));
    when().get("/v1/usage-plans").then().statusCode(200);
    when().get("/v1/usage-plans/planfree01").then().statusCode(200);
    assertThat(sandbox.ledger()).hasSize(effects);
    given()
        .port(managementPort)
        .get("/q/metrics")
        .then()
        .body(containsString("planwarden_audit_writable 0.0"));
  }

  private void goesOn() {
    awaitReady(BACK);
    int effects = sandbox.ledger().size();
    assertThat(edit(9).statusCode()).isEqualTo(200);
    assertThat(sandbox.ledger()).hasSize(effects + 1);
    JsonPath audit = when().get("/v1/audit?limit=200").then().statusCode(200).extract().jsonPath();
    List<Integer> seqs = audit.getList("items.seq");
    List<String> hashes = audit.getList("items.hash");
    List<String> previous = audit.getList("items.prevHash");
    assertThat(seqs.get(seqs.size() - 1)).isEqualTo(1);
    assertThat(seqs.get(0)).isEqualTo(seqs.size());
    assertThat(previous.subList(0, previous.size() - 1))
        .isEqualTo(hashes.subList(1, hashes.size()));
  }

  private static Response edit(int rate) {
    return given()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(Map.of("usagePlanName", "Open", "usagePlanDescription", "x" + rate, "rateRps", rate))
        .put("/v1/usage-plans/planopen01");
  }
}
