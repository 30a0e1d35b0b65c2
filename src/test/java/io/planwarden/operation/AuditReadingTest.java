package io.planwarden.operation;

import static io.planwarden.operation.AuditOverHttp.archive;
import static io.planwarden.operation.AuditOverHttp.command;
import static io.planwarden.operation.AuditOverHttp.rows;
import static io.planwarden.operation.AuditOverHttp.verify;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.planwarden.operation.AuditOverHttp.Output;
import io.planwarden.storage.StorageConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding, verifying, exporting, archiving and backing up the audit of a running application. */
@QuarkusTest
class AuditReadingTest {
  @Inject SandboxClient sandbox;
  @Inject StorageConfig storage;

  @Test
  void filters_findTheRowsThatHaveAllOfThem() {
    String request = "filters-" + UUID.randomUUID();
    edit(request, 6);
    edit(request, 7);
    assign(request);

    assertThat(seqs(Map.of("requestId", request))).hasSize(6);
    assertThat(seqs(Map.of("requestId", request, "action", "edit-plan"))).hasSize(4);
    assertThat(seqs(Map.of("requestId", request, "action", "edit-plan", "outcome", "applied")))
        .hasSize(2);
    assertThat(seqs(Map.of("requestId", request, "apiKeyId", "keyacme001"))).hasSize(2);
    assertThat(seqs(Map.of("requestId", request, "stageId", "wfcstprod1"))).hasSize(2);
    assertThat(
            seqs(Map.of("requestId", request, "usagePlanId", "planfree01", "outcome", "applied")))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(seqs(Map.of("requestId", request, "caller", "anonymous"))).hasSize(6);
    assertThat(seqs(Map.of("requestId", request, "caller", "nobody"))).isEmpty();
    assertThat(seqs(Map.of("requestId", request + "x"))).isEmpty();
  }

  @Test
  void time_boundsTheRows() {
    String request = "time-" + UUID.randomUUID();
    edit(request, 6);
    String at = first(Map.of("requestId", request)).getString("items[0].at");

    assertThat(seqs(Map.of("requestId", request, "from", at))).isNotEmpty();
    assertThat(seqs(Map.of("requestId", request, "from", "2999-01-01T00:00:00+09:00"))).isEmpty();
    assertThat(seqs(Map.of("requestId", request, "to", "2000-01-01T00:00:00Z"))).isEmpty();
    assertThat(seqs(Map.of("to", "2000-01-01T00:00:00Z"))).isEmpty();
    // As instants: a whole second has no fraction, and comes after all its fractions as a text.
    List<String> before =
        given().queryParam("to", at).get("/v1/audit").jsonPath().getList("items.at");
    assertThat(before).isNotEmpty();
    assertThat(before).map(Instant::parse).allMatch(Instant.parse(at)::isAfter);
  }

  @Test
  void pages_neitherRepeatNorSkipWhileRowsAreAdded() {
    String request = "pages-" + UUID.randomUUID();
    edit(request, 6);
    edit(request, 7);
    List<Integer> whole = seqs(Map.of("requestId", request));

    List<Integer> seen = new ArrayList<>();
    String cursor = null;
    do {
      var asked = given().queryParam("requestId", request).queryParam("limit", 1);
      JsonPath page =
          (cursor == null ? asked : asked.queryParam("cursor", cursor))
              .get("/v1/audit")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.seq", Integer.class));
      cursor = page.getString("next");
      edit(request, 8 + seen.size());
    } while (cursor != null);

    assertThat(seen).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({
    "cursor, AQ",
    "cursor, 17",
    "cursor, AAAAAAAAAAAA",
    "cursor, !!!",
    "from, yesterday",
    "to, 2026-13-01T00:00:00Z",
    "action, dance",
    "outcome, fine",
    "usagePlanId, a-b",
    "stageId, 12345678901",
    "apiKeyId, x/y",
    "requestId, a b",
    "limit, 0"
  })
  void parameterThatIsWrong_isNamed(String field, String value) {
    given()
        .queryParam(field, value)
        .get("/v1/audit")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("field", equalTo(field));
  }

  @Test
  void operations_areFoundByTheirRequest() {
    String request = "ops-" + UUID.randomUUID();
    String one = edit(request, 6);
    String two = edit(request, 7);

    JsonPath page =
        given()
            .queryParam("requestId", request)
            .queryParam("limit", 1)
            .get("/v1/operations")
            .then()
            .statusCode(200)
            .body("items", hasSize(1))
            .body("items[0].operationId", equalTo(two))
            .body("items[0].status", equalTo("settled"))
            .body("next", notNullValue())
            .extract()
            .jsonPath();
    given()
        .queryParam("requestId", request)
        .queryParam("cursor", page.getString("next"))
        .get("/v1/operations")
        .then()
        .body("items.operationId", equalTo(List.of(one)))
        .body("next", nullValue());
    when().get("/v1/operations").then().statusCode(400).body("field", equalTo("requestId"));
  }

  @Test
  void verification_tellsTheHeadAndWhatLiesBeyondTheAnchor() {
    edit("verify", 6);
    String head = verify(null).getString("head");
    edit("verify", 7);

    JsonPath found = verify(head);
    int anchored = Integer.parseInt(head.substring(0, head.indexOf(':')));
    assertThat(found.getString("verdict")).isEqualTo("good");
    assertThat(found.getInt("beyondAnchor.from")).isEqualTo(anchored + 1);
    assertThat(found.getInt("beyondAnchor.to")).isEqualTo(found.getInt("lastSeq"));

    JsonPath other = verify(anchored + ":" + "0".repeat(64));
    assertThat(other.getString("verdict")).isEqualTo("bad");
    assertThat(other.getString("firstBad.fault")).isEqualTo("rewritten");
    assertThat(other.getInt("firstBad.seq")).isEqualTo(anchored);
    when().get("/v1/audit/verify?anchor=1").then().statusCode(400).body("field", equalTo("anchor"));
  }

  @Test
  void export_isWhatTheVerifierReads(@TempDir Path folder) throws Exception {
    edit("export", 6);
    String head = verify(null).getString("head");

    Path file = folder.resolve("export.ndjson");
    Files.write(
        file,
        when()
            .get("/v1/audit/export")
            .then()
            .statusCode(200)
            .contentType("application/jsonl")
            .extract()
            .asByteArray());

    Output verified = command("verify", file.toString(), "--anchor", head);
    assertThat(verified.code()).as(verified.text()).isZero();
    assertThat(command("verify", storage.path(), "--anchor", head).text())
        .contains("head " + head, "good");
  }

  @Test
  void archive_removesWhatIsProvedToBeKept(@TempDir Path folder) throws Exception {
    edit("archive", 6);
    String last = verify(null).getString("head");
    long through = Long.parseLong(last.substring(0, last.indexOf(':')));
    edit("archive", 7);
    Path file = folder.resolve("archive.ndjson");

    Output written =
        command("archive", storage.path(), file.toString(), "--through", String.valueOf(through));
    assertThat(written.code()).as(written.text()).isZero();
    assertThat(written.text()).contains("\"through\": \"" + last + "\"");
    archive(through + ":" + "0".repeat(64))
        .statusCode(409)
        .body("code", equalTo("archive-refused"));
    archive(last).statusCode(200).body("through", equalTo(last)).body("removed", notNullValue());

    assertThat(verify(null).getString("verdict")).isEqualTo("good");
    assertThat(verify(null).getLong("firstSeq")).isEqualTo(through + 1);
    assertThat(verify(null).getLong("archivedThrough")).isEqualTo(through);
    assertThat(seqs(Map.of("action", "cut"))).isNotEmpty();
    assertThat(first(Map.of("action", "edit-plan")).getList("items.seq", Long.class))
        .allMatch(seq -> seq > through);
    Output chain =
        command(
            "verify", file.toString(), storage.path(), "--anchor", verify(null).getString("head"));
    assertThat(chain.text()).endsWith("good\n");
    archive(last).statusCode(200).body("removed", equalTo(0)).body("operationId", nullValue());
  }

  @Test
  void keyOfAnArchivedOperation_standsForItStill() {
    String key = UUID.randomUUID().toString();
    keyed(key).statusCode(200);
    int effects = sandbox.effects();
    archive(verify(null).getString("head")).statusCode(200);

    keyed(key)
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"))
        .body("detail", containsString("in an archive"));
    assertThat(sandbox.effects()).isEqualTo(effects);
  }

  private static ValidatableResponse keyed(String key) {
    return given()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", 8))
        .put("/v1/usage-plans/planfree01")
        .then();
  }

  @Test
  void backup_ofARunningApplication_isRestoredWithARowThatNamesWhatWasLost(@TempDir Path folder) {
    edit("backup", 6);
    Path copy = folder.resolve("backup.db");
    Output backup = command("backup", storage.path(), copy.toString());
    assertThat(backup.code()).as(backup.text()).isZero();
    edit("backup", 7);
    String lost = verify(null).getString("head");
    Path restored = folder.resolve("restored.db");

    Output restore = command("restore", copy.toString(), restored.toString(), "--lost", lost);
    assertThat(restore.code()).as(restore.text()).isZero();

    Output checked = command("verify", restored.toString(), "--anchor", lost);
    assertThat(checked.code()).isEqualTo(3);
    assertThat(checked.text()).contains("UNPROVEN", "records a restore");
    assertThat(command("verify", restored.toString()).code()).isZero();
    assertThat(command("restore", copy.toString(), restored.toString(), "--lost", lost).code())
        .isEqualTo(4);
    assertThat(command("restore", copy.toString(), folder + "/x.db").code()).isEqualTo(2);
  }

  private static JsonPath first(Map<String, String> filters) {
    return rows(filters).extract().jsonPath();
  }

  private static List<Integer> seqs(Map<String, String> filters) {
    return first(filters).getList("items.seq", Integer.class);
  }

  private static void assign(String request) {
    given()
        .header("X-Request-Id", request)
        .contentType("application/json")
        .body(Map.of("usagePlanId", "planfree01"))
        .put("/v1/stages/weather001:forecast01:wfcstprod1/api-keys/keyacme001/usage-plan");
  }

  private static String edit(String request, int rate) {
    return given()
        .header("X-Request-Id", request)
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", rate))
        .put("/v1/usage-plans/planfree01")
        .header("Operation-Id");
  }
}
