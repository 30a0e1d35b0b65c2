package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dry runs: the same checks and errors as the real thing, and nothing sent or on record. */
@QuarkusTest
class DryRunTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";
  private static final String STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";
  private static final String BETA = "/v1/stages/weather001:forecast01:wfcstbeta1";

  @Inject SandboxClient sandbox;
  private int rows;

  @BeforeEach
  void countRows() {
    rows = rows();
  }

  @AfterEach
  void nothingIsSentAndNothingIsOnRecord() {
    assertThat(sandbox.ledger()).isEmpty();
    assertThat(rows()).isEqualTo(rows);
  }

  @Test
  void create_showsThePlan() {
    dry(json("{\"usagePlanName\": \"Silver\", \"rateRps\": 2}"), "POST", "/v1/usage-plans")
        .body("before", nullValue())
        .body("after.usagePlanName", equalTo("Silver"))
        .body("changed", contains("rateRps", "usagePlanName"));
  }

  @Test
  void edit_showsWhatNcpMayDoToTheOthers() {
    dry(json("{\"usagePlanName\": \"Free\", \"rateRps\": 2}"), "PUT", PLAN)
        .body("before.rateRps", equalTo(5))
        .body("after.rateRps", equalTo(2))
        .body("changed", contains("rateRps"))
        .body(
            "uncertain",
            containsInAnyOrder(
                "usagePlanDescription", "dayQuotaRequest", "monthQuotaRequest", "quotaCondition"))
        .body("impact", nullValue());
  }

  @Test
  void patch_showsThePlanWhole() {
    dry(patch("{\"rateRps\": 2, \"usagePlanDescription\": null}"), "PATCH", PLAN)
        .body("after.rateRps", equalTo(2))
        .body("after.dayQuotaRequest", equalTo(100))
        .body("after.usagePlanDescription", nullValue())
        .body("changed", contains("rateRps", "usagePlanDescription"))
        .body("uncertain", nullValue());
    dry(patch("{\"rateRps\": 5}"), "PATCH", PLAN).body("changed", empty());
  }

  @Test
  void delete_showsWhatWouldBeGone() {
    dry(given(), "DELETE", "/v1/usage-plans/planopen01")
        .body("before.usagePlanName", equalTo("Open"))
        .body("after", nullValue());
  }

  @Test
  void attachAndDetach_showTheDifference() {
    dry(given(), "PUT", BETA + "/usage-plans/planopen01")
        .body("before.attached", equalTo(false))
        .body("after.attached", equalTo(true))
        .body("changed", contains("attached"));
    dry(given(), "DELETE", BETA + "/usage-plans/planopen01").body("changed", empty());
  }

  @Test
  void assignAndDefaultLimits_showTheDifference() {
    dry(json("{\"usagePlanId\": \"planfree01\"}"), "PUT", STAGE + "/api-keys/keyacme001/usage-plan")
        .body("before.usagePlanId", equalTo("plangold01"))
        .body("after.usagePlanId", equalTo("planfree01"))
        .body("changed", contains("usagePlanId"));
    dry(json("{\"rateRps\": 3}"), "PUT", BETA + "/default-limits")
        .body("after.rateRps", equalTo(3))
        .body("changed", contains("rateRps"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/v1/usage-plans|{\"usagePlanName\": \"Free\"}|409|plan-name-exists",
        "PUT|/v1/usage-plans/nosuchplan|{\"usagePlanName\": \"a\"}|404|usage-plan-not-found",
        "PUT|/v1/usage-plans/planfree01|{\"rateRps\": 1}|400|invalid-field",
        "DELETE|/v1/usage-plans/nosuchplan||404|usage-plan-not-found",
        "PUT|/v1/stages/wfcstprod1/api-keys/keyacme001/usage-plan"
            + "|{\"usagePlanId\": \"planopen01\"}|409|plan-not-on-stage",
        "PUT|/v1/stages/wfcstprod1/api-keys/nosuchkey1/usage-plan"
            + "|{\"usagePlanId\": \"planfree01\"}|404|api-key-not-found",
      })
  void whatWouldBeRefused_isRefusedAlike(
      String method, String path, String body, int status, String code) {
    (body == null ? given() : json(body))
        .queryParam("dryRun", true)
        .request(method, path)
        .then()
        .statusCode(status)
        .header("Operation-Id", nullValue())
        .body("code", equalTo(code))
        .body("operationId", nullValue());
  }

  @Test
  void underAnOldTag_is412() {
    patch("{\"rateRps\": 2}")
        .header("If-Match", "\"old\"")
        .queryParam("dryRun", true)
        .patch(PLAN)
        .then()
        .statusCode(412)
        .body("diff.field", contains("rateRps"));
  }

  @Test
  void impact_showsStagesAndKeysAndWhoIsBeyondTheNewLimits() {
    dry(
            patch("{\"dayQuotaRequest\": 39, \"monthQuotaRequest\": 700}")
                .queryParam("impact", true),
            "PATCH",
            PLAN)
        .body("impact.complete", equalTo(true))
        .body("impact.products.productName", containsInAnyOrder("Weather", "Maps"))
        .body("impact.stages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("impact.keys.apiKeyId", contains("keyglobex1"))
        .body("impact.keys[0].stageId", equalTo("wfcstprod1"))
        .body("impact.keys[0].used.day", equalTo(40))
        .body("impact.keys[0].exceeds", contains("dayQuotaRequest"));
  }

  @Test
  void impact_whileNcpFails_isWhatWasFound() {
    sandbox.misbehave(
        List.of(Map.of("fault", "status", "match", "GET /api/v1/products", "status", 400)));

    dry(given().queryParam("impact", true), "DELETE", PLAN + "?cascade=true")
        .body("impact.complete", equalTo(false))
        .body("impact.stages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("impact.keys", empty());
  }

  @Test
  void impact_withoutTheKeysOfAProductThatNcpDoesNotShowUs_isNotComplete() {
    sandbox.misbehave(
        List.of(
            Map.of("fault", "status", "match", "POST /api/v1/products/maps000001", "status", 403)));

    dry(patch("{\"rateRps\": 2}").queryParam("impact", true), "PATCH", PLAN)
        .body("impact.complete", equalTo(false))
        .body("impact.stages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("impact.keys.apiKeyId", contains("keyglobex1"));
  }

  @Test
  void impactWithoutDryRun_is400() {
    given()
        .queryParam("impact", true)
        .delete(PLAN)
        .then()
        .statusCode(400)
        .body("field", equalTo("impact"));
  }

  private static ValidatableResponse dry(RequestSpecification request, String method, String path) {
    return request
        .queryParam("dryRun", true)
        .request(method, path)
        .then()
        .statusCode(200)
        .header("Operation-Id", nullValue());
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static RequestSpecification patch(String body) {
    return given().contentType("application/merge-patch+json; charset=utf-8").body(body);
  }

  private static int rows() {
    List<Integer> latest = when().get("/v1/audit?limit=1").jsonPath().getList("items.seq");
    return latest.isEmpty() ? 0 : latest.get(0);
  }
}
