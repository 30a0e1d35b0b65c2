package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StageTest {
  private static final String STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";
  private static final String TILES = "/v1/stages/maps000001:tiles00001:mtileprod1";
  private static final String BETA = "/v1/stages/weather001:forecast01:wfcstbeta1";

  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @ValueSource(strings = {"ok", "error"})
  void attach_isIdempotentWhateverNcpDoes(String repeated) {
    sandbox.set("repeatedAttach", repeated);

    when()
        .put(BETA + "/usage-plans/planopen01")
        .then()
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("attached", equalTo(true));
    when()
        .put(BETA + "/usage-plans/planopen01")
        .then()
        .statusCode(200)
        .header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok", "error"})
  void detach_isIdempotentWhateverNcpDoes(String repeated) {
    sandbox.set("repeatedDetach", repeated);

    when()
        .delete(STAGE + "/usage-plans/planfree01")
        .then()
        .statusCode(204)
        .header("Operation-Outcome", "applied");
    when()
        .delete(STAGE + "/usage-plans/planfree01")
        .then()
        .statusCode(204)
        .header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void attach_toUnknownStage_is404() {
    when()
        .put("/v1/stages/weather001:forecast01:nosuch0001/usage-plans/planopen01")
        .then()
        .statusCode(404)
        .body("code", equalTo("stage-not-found"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void attach_byAStageIdAlone_findsWhereItBelongs() {
    when()
        .put("/v1/stages/wfcstbeta1/usage-plans/planopen01")
        .then()
        .statusCode(200)
        .body("stageId", equalTo("wfcstbeta1"));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void attach_byAReferenceThatIsNotTrue_is404() {
    when()
        .put("/v1/stages/maps000001:tiles00001:wfcstbeta1/usage-plans/planopen01")
        .then()
        .statusCode(404)
        .body("code", equalTo("stage-not-found"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void attach_byEncodedReference_works() {
    given()
        .urlEncodingEnabled(false)
        .put("/v1/stages/weather001%3Aforecast01%3Awfcstbeta1/usage-plans/planopen01")
        .then()
        .statusCode(200);
  }

  @Test
  void assign_putsTheKeyOnThePlan() {
    assign("keyacme001", "planfree01")
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("usagePlanId", equalTo("planfree01"))
        .body("usagePlanName", equalTo("Free"));
    assign("keyacme001", "planfree01").header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"given, all", "given, with-plan", "missing, all", "missing, with-plan"})
  void assign_ofAKeyWithoutAPlan_worksWhateverNcpShowsOfIt(String ids, String rows) {
    sandbox.set("relationIds", ids);
    sandbox.set("relationRows", rows);

    assign(TILES, "keyglobex1", "planfree01")
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("usagePlanName", equalTo("Free"));
    assign(TILES, "keyglobex1", "planfree01").header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void assign_ofAKeyThatIsNotAccepted_isRefusedByNcp() {
    assign("keyinitech", "planfree01")
        .statusCode(422)
        .header("Operation-Outcome", "rejected")
        .body("code", equalTo("upstream-rejected"));
  }

  @Test
  void assign_ofPlanThatIsNotOnTheStage_is409WithThoseThatAre() {
    assign("keyacme001", "planopen01")
        .statusCode(409)
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("plan-not-on-stage"))
        .body("usagePlans.usagePlanId", containsInAnyOrder("planfree01", "plangold01"))
        .body("usagePlans.usagePlanName", containsInAnyOrder("Free", "Gold"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void assign_ofUnknownKey_is404() {
    assign("nosuchkey1", "planfree01").statusCode(404).body("code", equalTo("api-key-not-found"));
  }

  @Test
  void defaultLimits_areReadAndSet() {
    when().get(STAGE + "/default-limits").then().statusCode(200).body("rateRps", equalTo(10));

    given()
        .contentType("application/json")
        .body(
            Map.of(
                "rateRps", 20,
                "dayQuotaRequest", 6,
                "monthQuotaRequest", 1,
                "quotaCondition", "others"))
        .put(STAGE + "/default-limits")
        .then()
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("quotaCondition", equalTo("others"));
    when().get(STAGE + "/default-limits").then().body("dayQuotaRequest", equalTo(6));
  }

  @Test
  void defaultLimits_withNullMembers_leaveThemOut() {
    given()
        .contentType("application/json")
        .body(
            """
            {"rateRps": 20, "dayQuotaRequest": null, "monthQuotaRequest": null,
             "quotaCondition": null}""")
        .put(STAGE + "/default-limits")
        .then()
        .statusCode(200)
        .body("rateRps", equalTo(20));
  }

  @Test
  void malformedStageReference_isRefused() {
    when()
        .get("/v1/stages/a:b/default-limits")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-id"))
        .body("field", equalTo("stage"));
  }

  private static ValidatableResponse assign(String key, String plan) {
    return assign(STAGE, key, plan);
  }

  private static ValidatableResponse assign(String stage, String key, String plan) {
    return given()
        .contentType("application/json")
        .body(Map.of("usagePlanId", plan))
        .put(stage + "/api-keys/" + key + "/usage-plan")
        .then();
  }
}
