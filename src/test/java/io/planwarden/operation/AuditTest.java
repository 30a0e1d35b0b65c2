package io.planwarden.operation;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditTest {
  @Inject SandboxClient sandbox;

  @Test
  void change_leavesAnIntentBeforeTheEffectAndAnOutcomeAfter() {
    String id = edit("because of %EA%B0%80").header("Operation-Id");

    JsonPath audit = when().get("/v1/audit?limit=2").then().statusCode(200).extract().jsonPath();
    Map<String, Object> outcome = audit.getMap("items[0]");
    Map<String, Object> intent = audit.getMap("items[1]");
    assertThat(intent)
        .containsEntry("phase", "intent")
        .containsEntry("operationId", id)
        .containsEntry("action", "edit-plan")
        .containsEntry("reason", "because of 가")
        .doesNotContainKeys("outcome", "after");
    assertThat(outcome)
        .containsEntry("phase", "outcome")
        .containsEntry("operationId", id)
        .containsEntry("outcome", "applied")
        .containsEntry("prevHash", intent.get("hash"));
    assertThat((Integer) outcome.get("seq")).isEqualTo((Integer) intent.get("seq") + 1);
    Instant effect = Instant.parse((String) sandbox.ledger().get(0).get("at"));
    assertThat(Instant.parse((String) intent.get("at"))).isBeforeOrEqualTo(effect);
  }

  @Test
  void operation_isFoldedFromItsRows() {
    String id = edit("x").header("Operation-Id");

    when()
        .get("/v1/operations/{id}", id)
        .then()
        .statusCode(200)
        .body("status", equalTo("settled"))
        .body("outcome", equalTo("applied"))
        .body("action", equalTo("edit-plan"))
        .body("target.usagePlanId", equalTo("planfree01"))
        .body("before.rateRps", equalTo(5))
        .body("after.rateRps", equalTo(6))
        .body("changed", contains("rateRps"))
        .body("upstream.status", equalTo(200))
        .body("upstream.attempts", equalTo(1))
        .body("caller.id", equalTo("anonymous"))
        .body("caller.verified", equalTo(false))
        .body("caller.address", equalTo("127.0.0.1"))
        .body("settledAt", notNullValue());
  }

  @Test
  void operation_thatIsNotRecorded_is404() {
    when()
        .get("/v1/operations/01ARZ3NDEKTSV4RRFFQ69G5FAV")
        .then()
        .statusCode(404)
        .body("code", equalTo("operation-not-found"));
    when().get("/v1/operations/abc").then().statusCode(400).body("code", equalTo("invalid-id"));
  }

  @Test
  void audit_isPagedFromTheNewestToTheOldest() {
    edit("one");
    sandbox.reset();
    edit("two");

    JsonPath first = when().get("/v1/audit?limit=3").then().extract().jsonPath();
    List<Integer> seqs = first.getList("items.seq");
    assertThat(seqs).hasSize(3).isSortedAccordingTo((a, b) -> b - a);
    given()
        .queryParam("limit", 1)
        .queryParam("cursor", first.getString("next"))
        .get("/v1/audit")
        .then()
        .body("items", hasSize(1))
        .body("items[0].seq", equalTo(seqs.get(2) - 1));
    given()
        .queryParam("to", "2000-01-01T00:00:00Z")
        .get("/v1/audit")
        .then()
        .body("items", hasSize(0))
        .body("next", nullValue());
    when().get("/v1/audit?cursor=x").then().statusCode(400).body("field", equalTo("cursor"));
  }

  @Test
  void reason_thatIsNotPercentEncodedUtf8_isRefused() {
    for (String reason : List.of("%E", "%zz", "%FF", "a".repeat(501))) {
      given()
          .header("X-Change-Reason", reason)
          .delete("/v1/usage-plans/planopen01")
          .then()
          .statusCode(400)
          .body("field", equalTo("X-Change-Reason"));
    }
    given()
        .header("X-Change-Reason", "one", "two")
        .delete("/v1/usage-plans/planopen99")
        .then()
        .statusCode(400)
        .body("field", equalTo("X-Change-Reason"));
    assertThat(sandbox.calls()).isZero();
  }

  private static io.restassured.response.Response edit(String reason) {
    return given()
        .contentType("application/json")
        .header("X-Change-Reason", reason)
        .body(
            """
            {"usagePlanName": "Free", "usagePlanDescription": "For trying things out", "rateRps": 6,
             "dayQuotaRequest": 100, "monthQuotaRequest": 1000, "quotaCondition": "2xx"}""")
        .put("/v1/usage-plans/planfree01");
  }
}
