package io.planwarden.operation;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Putting back what an operation changed. */
@QuarkusTest
class RevertTest {
  private static final String STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";
  private static final String BETA = "/v1/stages/weather001:forecast01:wfcstbeta1";

  @Inject SandboxClient sandbox;

  @Test
  void edit_isPutBackWithWhatWasNotSet() {
    String plan = "/v1/usage-plans/" + created("Back").path("usagePlanId");
    String edit =
        operation(patch("{\"rateRps\": 7, \"usagePlanDescription\": \"new\"}").patch(plan));

    ValidatableResponse answer =
        given().header("X-Change-Reason", "a%20slip").post(path(edit)).then().statusCode(201);

    String reversal = answer.extract().header("Operation-Id");
    answer
        .header("Operation-Outcome", "applied")
        .header("Location", "/v1/operations/" + reversal)
        .body("operationId", equalTo(reversal))
        .body("action", equalTo("edit-plan"))
        .body("reason", equalTo("a slip"))
        .body("request.reverts", equalTo(edit))
        .body("before.rateRps", equalTo(7))
        .body("after.rateRps", equalTo(2))
        .body("after.usagePlanDescription", nullValue());
    when().get(plan).then().body("rateRps", equalTo(2)).body("usagePlanDescription", nullValue());

    revert(reversal).statusCode(201).body("after.usagePlanDescription", equalTo("new"));
  }

  @Test
  void revertThatIsSentAgainUnderItsKey_isTheSameOperation() {
    String plan = "/v1/usage-plans/" + created("Again").path("usagePlanId");
    String edit = operation(patch("{\"rateRps\": 7}").patch(plan));
    String first =
        under("again").post(path(edit)).then().statusCode(201).extract().header("Operation-Id");

    under("again")
        .post(path(edit))
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .header("Operation-Id", first);
  }

  private static RequestSpecification under(String key) {
    return given().header("Idempotency-Key", key);
  }

  @Test
  void editThatSomebodyTouchedSince_isNotPutBackAndThreeWaysAreTold() {
    String plan = "/v1/usage-plans/" + created("Touched").path("usagePlanId");
    String edit = operation(patch("{\"rateRps\": 7}").patch(plan));
    patch("{\"rateRps\": 9}").patch(plan).then().statusCode(200);
    int sent = sandbox.ledger().size();

    revert(edit)
        .statusCode(409)
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("reverted-target-changed"))
        .body("diff.field", contains("rateRps"))
        .body("diff[0].before", equalTo(2))
        .body("diff[0].after", equalTo(7))
        .body("diff[0].current", equalTo(9));
    assertThat(sandbox.ledger()).hasSize(sent);
  }

  @Test
  void editThatCannotBeCleared_isToldSo() {
    String plan = "/v1/usage-plans/" + created("Kept").path("usagePlanId");
    String edit = operation(patch("{\"usagePlanDescription\": \"new\"}").patch(plan));
    sandbox.set("nullClears", "no");
    sandbox.set("omittedMembers", "keep");

    revert(edit)
        .statusCode(409)
        .body("code", equalTo("clear-not-supported"))
        .body("notCleared", contains("usagePlanDescription"));
  }

  @Test
  void create_isPutBackByDeletingItWhileItIsOnNoStage() {
    Response create = created("Short");
    String id = create.path("usagePlanId");
    when().put(BETA + "/usage-plans/" + id).then().statusCode(200);

    revert(operation(create)).statusCode(409).body("code", equalTo("plan-in-use"));
    when().delete(BETA + "/usage-plans/" + id).then().statusCode(204);
    String reversal =
        revert(operation(create))
            .statusCode(201)
            .body("action", equalTo("delete-plan"))
            .body("outcome", equalTo("applied"))
            .extract()
            .path("operationId");

    when().get("/v1/usage-plans/" + id).then().statusCode(404);
    revert(reversal).statusCode(409).body("code", equalTo("not-revertible"));
    revert(operation(create))
        .statusCode(409)
        .body("code", equalTo("reverted-target-changed"))
        .body("diff.current", contains(nullValue(), nullValue()));
  }

  @Test
  void attachAndDetach_arePutBackByEachOther() {
    String attach = operation(when().put(BETA + "/usage-plans/planopen01"));
    String detach = operation(when().delete(STAGE + "/usage-plans/plangold01"));

    revert(attach).statusCode(201).body("after.attached", equalTo(false));
    revert(detach).statusCode(201).body("after.attached", equalTo(true));
    revert(attach)
        .statusCode(409)
        .body("diff[0].field", equalTo("attached"))
        .body("diff[0].current", equalTo(false));
  }

  @Test
  void assignment_isPutBackIfTheKeyHadAPlan() {
    String assign =
        operation(json("{\"usagePlanId\": \"planfree01\"}").put(key(STAGE, "keyacme001")));
    String first =
        operation(
            json("{\"usagePlanId\": \"planfree01\"}")
                .put(key("/v1/stages/maps000001:tiles00001:mtileprod1", "keyglobex1")));

    revert(assign).statusCode(201).body("after.usagePlanId", equalTo("plangold01"));
    revert(first)
        .statusCode(409)
        .body("code", equalTo("not-revertible"))
        .body("detail", containsString("had no plan"));
  }

  @Test
  void assignmentToAPlanThatLeftTheStage_isNotPutBack() {
    String assign =
        operation(json("{\"usagePlanId\": \"planfree01\"}").put(key(STAGE, "keyacme001")));
    when().delete(STAGE + "/usage-plans/plangold01").then().statusCode(204);

    revert(assign).statusCode(409).body("code", equalTo("plan-not-on-stage"));
  }

  @Test
  void defaultLimits_arePutBackIfNothingHasToBeCleared() {
    String limits =
        "{\"rateRps\": 20, \"dayQuotaRequest\": 6, \"monthQuotaRequest\": 9,"
            + " \"quotaCondition\": \"others\"}";
    String edit = operation(json(limits).put(STAGE + "/default-limits"));
    String first = operation(json(limits).put(BETA + "/default-limits"));

    revert(edit).statusCode(201).body("after.rateRps", equalTo(10));
    revert(first)
        .statusCode(409)
        .body("code", equalTo("not-revertible"))
        .body("detail", containsString("dayQuotaRequest, monthQuotaRequest"));
  }

  @Test
  void whatTookNoEffect_isNotRevertible() {
    String unchanged = operation(when().delete(BETA + "/usage-plans/planopen01"));
    String refused =
        when()
            .delete("/v1/usage-plans/planfree01")
            .then()
            .statusCode(409)
            .extract()
            .header("Operation-Id");
    String deleted = operation(when().delete("/v1/usage-plans/planopen01"));

    revert(unchanged)
        .statusCode(409)
        .body("code", equalTo("not-revertible"))
        .body("detail", containsString("unchanged"));
    revert(refused).statusCode(409).body("detail", containsString("refused"));
    revert(deleted).statusCode(409).body("detail", containsString("deleted"));
  }

  @Test
  void dryRun_showsWhatWouldBeAndSendsNothing() {
    String attach = operation(when().put(BETA + "/usage-plans/planopen01"));

    when()
        .post(path(attach) + "?dryRun=true")
        .then()
        .statusCode(200)
        .header("Operation-Id", nullValue())
        .body("before.attached", equalTo(true))
        .body("after.attached", equalTo(false))
        .body("changed", contains("attached"));
    assertThat(sandbox.ledger()).hasSize(1);

    revert(attach).statusCode(201);
    when()
        .post(path(attach) + "?dryRun=true")
        .then()
        .statusCode(409)
        .body("code", equalTo("reverted-target-changed"))
        .body("operationId", nullValue());
  }

  @Test
  void cascade_isNotRevertible() {
    String cascade = operation(when().delete("/v1/usage-plans/planfree01?cascade=true"));

    revert(cascade).statusCode(409).body("code", equalTo("not-revertible"));
  }

  @Test
  void operationThatIsNotRecorded_is404() {
    revert("01ARZ3NDEKTSV4RRFFQ69G5FAV")
        .statusCode(404)
        .body("code", equalTo("operation-not-found"));
    revert("short").statusCode(400).body("code", equalTo("invalid-id"));
  }

  private static Response created(String name) {
    return json("{\"usagePlanName\": \"" + name + "\", \"rateRps\": 2}").post("/v1/usage-plans");
  }

  private static ValidatableResponse revert(String operationId) {
    return when().post(path(operationId)).then();
  }

  private static String path(String operationId) {
    return "/v1/operations/" + operationId + "/revert";
  }

  private static String key(String stage, String apiKeyId) {
    return stage + "/api-keys/" + apiKeyId + "/usage-plan";
  }

  private static String operation(Response answer) {
    assertThat(answer.statusCode()).isBetween(200, 204);
    return answer.header("Operation-Id");
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static RequestSpecification patch(String body) {
    return given().contentType("application/merge-patch+json; charset=utf-8").body(body);
  }
}
