package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.app.Outsider;
import io.planwarden.app.SandboxClient;
import io.planwarden.gateway.Limits;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Merge patches: what is left out keeps its value, whatever NCP does with what it is not sent. */
@QuarkusTest
class PatchTest {
  private static final List<String> SETTABLE =
      List.of(
          "usagePlanName",
          "usagePlanDescription",
          "rateRps",
          "dayQuotaRequest",
          "monthQuotaRequest",
          "quotaCondition");
  private static final int ROUNDS = 40;

  @Inject SandboxClient sandbox;
  @Inject Outsider outsider;

  @ParameterizedTest
  @ValueSource(strings = {"keep", "clear"})
  void memberLeftOut_keepsItsValue(String omitted) {
    sandbox.set("omittedMembers", omitted);

    patch("planfree01", "{\"rateRps\": 9}")
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("rateRps", equalTo(9))
        .body("dayQuotaRequest", equalTo(100))
        .body("monthQuotaRequest", equalTo(1000))
        .body("usagePlanDescription", equalTo("For trying things out"))
        .body("quotaCondition", equalTo("2xx"));
  }

  /** Many patches of many plans, against the rule written down a second time. */
  @ParameterizedTest
  @CsvSource({"keep,1", "clear,1", "keep,20260301", "clear,20260301"})
  void anyPatch_leavesWhatAMergeLeaves(String omitted, long seed) throws Exception {
    sandbox.set("omittedMembers", omitted);
    Random random = new Random(seed);
    String id = UsagePlanTest.create("Patched").extract().path("usagePlanId");
    Map<String, Object> expected = new TreeMap<>(Map.of("usagePlanName", "Patched", "rateRps", 7));
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Object> patch = somePatch(random, expected);
      patch.forEach(
          (name, value) -> {
            if (value == null) {
              expected.remove(name);
            } else {
              expected.put(name, value);
            }
          });

      String body = new ObjectMapper().writeValueAsString(patch);
      Map<String, Object> plan =
          patch(id, body).statusCode(200).extract().body().jsonPath().getMap("");

      plan.keySet().retainAll(SETTABLE);
      assertThat(new TreeMap<>(plan))
          .as("round %d, seed %d, %s", round, seed, body)
          .isEqualTo(expected);
      Map<String, Object> held = when().get("/v1/usage-plans/" + id).jsonPath().getMap("");
      held.keySet().retainAll(SETTABLE);
      assertThat(new TreeMap<>(held)).isEqualTo(expected);
    }
  }

  private static Map<String, Object> somePatch(Random random, Map<String, Object> held) {
    Map<String, Object> patch = new HashMap<>();
    if (random.nextInt(3) == 0) {
      patch.put("usagePlanName", "name " + random.nextInt(5));
    }
    if (random.nextInt(3) == 0) {
      patch.put("usagePlanDescription", random.nextBoolean() ? "d" + random.nextInt(3) : null);
    }
    if (random.nextInt(3) == 0) {
      patch.put("rateRps", random.nextBoolean() ? 1 + random.nextInt(3) : null);
    }
    if (random.nextInt(3) == 0) {
      patch.put("quotaCondition", random.nextBoolean() ? "others" : null);
    }
    switch (random.nextInt(5)) {
      case 0 -> {
        patch.put("dayQuotaRequest", null);
        patch.put("monthQuotaRequest", null);
      }
      case 1 -> {
        patch.put("dayQuotaRequest", 1 + random.nextInt(9));
        patch.put("monthQuotaRequest", 1 + random.nextInt(9));
      }
      case 2 -> {
        if (held.containsKey("dayQuotaRequest")) {
          patch.put("dayQuotaRequest", 10 + random.nextInt(9));
        }
      }
      default -> {}
    }
    return patch;
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "clear"})
  void nullMembers_areCleared(String omitted) {
    sandbox.set("omittedMembers", omitted);

    String id =
        patch("planfree01", "{\"dayQuotaRequest\": null, \"monthQuotaRequest\": null}")
            .statusCode(200)
            .body("dayQuotaRequest", nullValue())
            .body("rateRps", equalTo(5))
            .extract()
            .header("Operation-Id");

    when()
        .get("/v1/operations/" + id)
        .then()
        .body("action", equalTo("edit-plan"))
        .body("request.rateRps", equalTo(5))
        .body("request.clear", contains("dayQuotaRequest", "monthQuotaRequest"))
        .body("changed", contains("dayQuotaRequest", "monthQuotaRequest"));
  }

  @Test
  void nullThatNcpIgnores_is409AndWithoutEffect() {
    sandbox.set("nullClears", "no");

    String id =
        patch("planfree01", "{\"rateRps\": null}")
            .statusCode(409)
            .header("Operation-Outcome", "not_applied")
            .body("code", equalTo("clear-not-supported"))
            .body("notCleared", contains("rateRps"))
            .extract()
            .header("Operation-Id");
    when()
        .get("/v1/operations/" + id)
        .then()
        .body("status", equalTo("settled"))
        .body("changed.size()", equalTo(0));
    // It is not held: nothing of it can land any more.
    patch("planfree01", "{\"rateRps\": 8}").statusCode(200);
  }

  @Test
  void nullThatNcpIgnoresBesideAnEffect_is409AndTellsTheEffect() {
    sandbox.set("nullClears", "no");

    String id =
        patch("planfree01", "{\"rateRps\": null, \"usagePlanName\": \"Fresh\"}")
            .statusCode(409)
            .header("Operation-Outcome", "applied")
            .body("code", equalTo("clear-not-supported"))
            .extract()
            .header("Operation-Id");
    when().get("/v1/operations/" + id).then().body("changed", contains("usagePlanName"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"rateRps\": 5}", "{\"quotaCondition\": \"2xx\"}"})
  void patchOfWhatIsSo_sendsNothing(String body) {
    patch("planfree01", body).statusCode(200).header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void zeroReadFromNcp_passesThrough() {
    outsider.edit("planopen01", "Open", new Limits(null, 0L, 0L, null));

    patch("planopen01", "{\"rateRps\": 3}")
        .statusCode(200)
        .body("dayQuotaRequest", equalTo(0))
        .body("monthQuotaRequest", equalTo(0))
        .body("rateRps", equalTo(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"usagePlanName\": null}|invalid-field|usagePlanName",
        "{\"usagePlanName\": \" \"}|invalid-field|usagePlanName",
        "{\"rateRps\": 0}|invalid-field|rateRps",
        "{\"rateRps\": \"5\"}|invalid-field|rateRps",
        "{\"dayQuotaRequest\": 0}|zero-quota-ambiguous|dayQuotaRequest",
        "{\"dayQuotaRequest\": null}|quota-pair-required|monthQuotaRequest",
        "{\"dayQuotaRequest\": null, \"monthQuotaRequest\": 5}"
            + "|quota-pair-required|monthQuotaRequest",
        "{\"color\": 1}|unknown-field|color",
        "{\"wanted\": {}}|unknown-field|wanted",
        "{\"rateRps\": 1, \"rateRps\": 2}|duplicate-field|rateRps",
      })
  void invalidPatch_namesTheFieldAndSendsNothing(String body, String code, String field) {
    patch("planfree01", body)
        .statusCode(400)
        .body("code", equalTo(code))
        .body("field", equalTo(field));
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void oneQuotaForAPlanWithNone_isRefusedOnRecord() {
    patch("planopen01", "{\"dayQuotaRequest\": 5}")
        .statusCode(400)
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("quota-pair-required"))
        .body("field", equalTo("monthQuotaRequest"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void unknownPlan_is404() {
    patch("nosuchplan", "{\"rateRps\": 5}")
        .statusCode(404)
        .body("code", equalTo("usage-plan-not-found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json-patch+json", "text/plain"})
  void otherMediaType_is415(String type) {
    given()
        .contentType(type)
        .body("{\"rateRps\": 5}")
        .patch("/v1/usage-plans/planfree01")
        .then()
        .statusCode(415)
        .header("Accept", "application/merge-patch+json")
        .body("detail", startsWith("The operation reads application/merge-patch+json."));
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void changeFromOutside_isFlaggedOnceInAnswerAndAudit() {
    patch("planfree01", "{\"rateRps\": 6}").header("Changed-Outside", nullValue());
    outsider.edit("planfree01", "Free", new Limits(6, 1L, 2L, "2xx"));

    String id =
        patch("planfree01", "{\"rateRps\": 7}")
            .statusCode(200)
            .header("Changed-Outside", "dayQuotaRequest, monthQuotaRequest, usagePlanDescription")
            .extract()
            .header("Operation-Id");

    when()
        .get("/v1/operations/" + id)
        .then()
        .body(
            "changedOutside",
            contains("dayQuotaRequest", "monthQuotaRequest", "usagePlanDescription"));
    patch("planfree01", "{\"rateRps\": 8}").header("Changed-Outside", nullValue());
  }

  @Test
  void attachByPlanwarden_isNoChangeFromOutside() {
    patch("planopen01", "{\"rateRps\": 6}").statusCode(200);
    when()
        .put("/v1/stages/weather001:forecast01:wfcstbeta1/usage-plans/planopen01")
        .then()
        .statusCode(200);

    patch("planopen01", "{\"rateRps\": 7}").header("Changed-Outside", nullValue());
  }

  static ValidatableResponse patch(String id, String body) {
    return given()
        .contentType("application/merge-patch+json; charset=utf-8")
        .body(body)
        .patch("/v1/usage-plans/" + id)
        .then();
  }
}
