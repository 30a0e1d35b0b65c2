package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UsagePlanTest {
  static final String EDIT =
      """
      {"monthQuotaRequest": 15, "dayQuotaRequest": 10, "rateRps": 5, "quotaCondition": "2xx",
       "usagePlanDescription": "edited", "usagePlanName": "Free"}""";

  @Inject SandboxClient sandbox;

  @Test
  void list_showsThePlansAndHowManyThereAre() {
    when()
        .get("/v1/usage-plans")
        .then()
        .statusCode(200)
        .body("items.usagePlanName", hasItems("Free", "Gold", "Open"))
        .body("total", equalTo(3))
        .body("offset", equalTo(0))
        .body("limit", equalTo(50));
  }

  @Test
  void list_withWindow_showsThatPart() {
    given()
        .queryParam("offset", 1)
        .queryParam("limit", 1)
        .get("/v1/usage-plans")
        .then()
        .body("items.usagePlanName", contains("Gold"))
        .body("total", equalTo(3));
  }

  @Test
  void read_showsNcpsFieldsUnwrapped() {
    when()
        .get("/v1/usage-plans/planfree01")
        .then()
        .statusCode(200)
        .body("usagePlanId", equalTo("planfree01"))
        .body("dayQuotaRequest", equalTo(100))
        .body("monthQuotaRequest", equalTo(1000))
        .body("quotaCondition", equalTo("2xx"))
        .body("associatedStagesCount", equalTo(2));
  }

  @Test
  void read_ofUnknownPlan_is404() {
    when()
        .get("/v1/usage-plans/nosuchplan")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("usage-plan-not-found"));
  }

  @Test
  void create_answersThePlanAndWhereItIs() {
    ValidatableResponse created = create("Silver");

    created
        .statusCode(201)
        .header("Operation-Outcome", "applied")
        .header("Location", matchesPattern("/v1/usage-plans/[a-z0-9]{10}"))
        .body("usagePlanName", equalTo("Silver"))
        .body("rateRps", equalTo(7));
    when().get(created.extract().header("Location")).then().body("rateRps", equalTo(7));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void create_withExistingName_is409WithTheIds() {
    create("Free")
        .statusCode(409)
        .body("code", equalTo("plan-name-exists"))
        .body("usagePlanIds", contains("planfree01"))
        .header("Operation-Outcome", "refused");
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void create_withExistingNameAllowed_makesASecondOne() {
    given()
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free"))
        .queryParam("allowDuplicateName", true)
        .post("/v1/usage-plans")
        .then()
        .statusCode(201);
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void edit_withNcpsDocumentedBody_changesThePlan() {
    edit("planfree01", EDIT)
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("monthQuotaRequest", equalTo(15))
        .body("dayQuotaRequest", equalTo(10))
        .body("usagePlanDescription", equalTo("edited"));
    when().get("/v1/usage-plans/planfree01").then().body("dayQuotaRequest", equalTo(10));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void edit_whenAllIsSoAlready_sendsNothing() {
    edit("planfree01", EDIT);

    edit("planfree01", EDIT).statusCode(200).header("Operation-Outcome", "unchanged");
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void edit_withNullMembers_leavesThemOut() {
    edit(
            "planfree01",
            """
            {"usagePlanName": "Free", "usagePlanDescription": null, "rateRps": 6,
             "dayQuotaRequest": null, "monthQuotaRequest": null, "quotaCondition": null}""")
        .statusCode(200)
        .header("Operation-Outcome", "applied")
        .body("rateRps", equalTo(6));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "clear"})
  void edit_namingSomeMembers_tellsWhatBecameOfTheOthers(String omitted) {
    sandbox.set("omittedMembers", omitted);

    ValidatableResponse answer =
        edit("planfree01", "{\"usagePlanName\": \"Free\", \"rateRps\": 9}");

    answer.statusCode(200).body("rateRps", equalTo(9));
    answer.body("dayQuotaRequest", omitted.equals("keep") ? equalTo(100) : nullValue());
    String id = answer.extract().header("Operation-Id");
    when()
        .get("/v1/operations/{id}", id)
        .then()
        .body("outcome", equalTo("applied"))
        .body(
            "changed", omitted.equals("keep") ? contains("rateRps") : hasItems("dayQuotaRequest"));
  }

  /** The document offers no null; clients whose serializer writes it may call all the same. */
  @Test
  void edit_withNull_sendsNothingOfThatMember() {
    sandbox.set("omittedMembers", "keep");
    sandbox.set("nullClears", "yes");

    given()
        .noFilters()
        .contentType("application/json")
        .body(
            """
            {"usagePlanName": "Free", "rateRps": 9,
             "dayQuotaRequest": null, "monthQuotaRequest": null}""")
        .put("/v1/usage-plans/planfree01")
        .then()
        .statusCode(200)
        .body("rateRps", equalTo(9))
        .body("dayQuotaRequest", equalTo(100));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void edit_ofUnknownPlan_is404AndOnRecord() {
    edit("nosuchplan", EDIT)
        .statusCode(404)
        .body("code", equalTo("usage-plan-not-found"))
        .header("Operation-Outcome", "refused")
        .body("operationId", notNullValue());
  }

  @Test
  void delete_ofUnattachedPlan_removesIt() {
    when()
        .delete("/v1/usage-plans/planopen01")
        .then()
        .statusCode(204)
        .header("Operation-Outcome", "applied");
    when().get("/v1/usage-plans/planopen01").then().statusCode(404);
  }

  @Test
  void delete_thatNcpRefuses_isRejectedWithNcpsWords() {
    sandbox.misbehave(
        List.of(Map.of("fault", "status", "match", "delete-plan", "status", 409, "code", 19903)));
    when()
        .delete("/v1/usage-plans/planopen01")
        .then()
        .statusCode(org.hamcrest.Matchers.anyOf(equalTo(409), equalTo(422)))
        .header("Operation-Outcome", "rejected")
        .body("upstream.code", notNullValue());
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void stages_listsWhereThePlanIsAttached() {
    when()
        .get("/v1/usage-plans/planfree01/stages")
        .then()
        .body("items.stageId", hasItems("wfcstprod1", "mtileprod1"))
        .body("total", equalTo(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc-def", "elevenchars", "%EF%BC%91", "a%2Fb", "%00", "..%2Fx", " "})
  void invalidId_isRefusedBeforeAnythingIsSent(String id) {
    given()
        .urlEncodingEnabled(false)
        .get("/v1/usage-plans/" + id.replace(" ", "%20"))
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-id"))
        .body("field", equalTo("usagePlanId"));
    assertThat(sandbox.calls()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rateRps\": 1}|invalid-field|usagePlanName",
        "{\"usagePlanName\": \" \"}|invalid-field|usagePlanName",
        "{\"usagePlanName\": \"a\", \"rateRps\": 0}|invalid-field|rateRps",
        "{\"usagePlanName\": \"a\", \"dayQuotaRequest\": 1}|quota-pair-required|monthQuotaRequest",
        "{\"usagePlanName\": \"a\", \"dayQuotaRequest\": 0, \"monthQuotaRequest\": 1}"
            + "|zero-quota-ambiguous|dayQuotaRequest",
        "{\"usagePlanName\": \"a\", \"quotaCondition\": \"6xx\"}|invalid-field|quotaCondition",
        "{\"usagePlanName\": \"a\", \"color\": 1}|unknown-field|color",
      })
  void invalidBody_namesTheFieldAndSendsNothing(String body, String code, String field) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/v1/usage-plans")
        .then()
        .statusCode(400)
        .body("code", equalTo(code))
        .body("field", equalTo(field))
        .body("detail", containsString(field));
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void requestId_isKeptIfItIsFitAndReplacedIfNot() {
    given()
        .header("X-Request-Id", "order-17")
        .get("/v1/usage-plans")
        .then()
        .header("X-Request-Id", "order-17");
    String longest = "a".repeat(128);
    given()
        .header("X-Request-Id", longest)
        .get("/v1/usage-plans")
        .then()
        .header("X-Request-Id", longest);
    given()
        .header("X-Request-Id", longest + "a")
        .get("/v1/usage-plans")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9A-Z]{26}"));
    given()
        .header("X-Request-Id", "a b\"c")
        .get("/v1/usage-plans")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9A-Z]{26}"));
  }

  static ValidatableResponse create(String name) {
    return given()
        .contentType("application/json")
        .body(Map.of("usagePlanName", name, "rateRps", 7))
        .post("/v1/usage-plans")
        .then();
  }

  static ValidatableResponse edit(String id, String body) {
    return given().contentType("application/json").body(body).put("/v1/usage-plans/" + id).then();
  }
}
