package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.planwarden.problem.ErrorCode;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What Planwarden is for, asked of what the build made: the jar, or the native executable, in which
 * whatever is read or made by name is there only if it was registered.
 */
@QuarkusIntegrationTest
@TestProfile(MainJobIT.Sandbox.class)
class MainJobIT {
  private static final String STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";

  /** The packaged application, on its sandbox. */
  public static final class Sandbox implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.security.mode",
          "none",
          "planwarden.sandbox.enabled",
          "true",
          "planwarden.storage.path",
          "target/test-data/main-job-" + ProcessHandle.current().pid() + ".db",
          "quarkus.management.port",
          "0");
    }

    @Override
    public String getConfigProfile() {
      return "prod";
    }
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static String create(String name) {
    return json("{\"usagePlanName\": \"%s\", \"rateRps\": 2}".formatted(name))
        .post("/v1/usage-plans")
        .then()
        .statusCode(201)
        .header("Operation-Outcome", "applied")
        .extract()
        .path("usagePlanId");
  }

  @Test
  void lifeOfAPlan_isDoneAndRecorded() {
    String plan = "/v1/usage-plans/" + create("Silver");
    String key = STAGE + "/api-keys/keyacme001/usage-plan";
    String id = plan.replaceFirst(".*/", "");

    applied(json("{\"usagePlanName\": \"Silver\", \"rateRps\": 5}").put(plan).then(), 200)
        .body("rateRps", equalTo(5));
    applied(
            given()
                .contentType("application/merge-patch+json; charset=utf-8")
                .body("{\"usagePlanDescription\": \"Silver customers\"}")
                .patch(plan)
                .then(),
            200)
        .body("usagePlanDescription", equalTo("Silver customers"));
    applied(when().put(STAGE + "/usage-plans/" + id).then(), 200);
    applied(json("{\"usagePlanId\": \"%s\"}".formatted(id)).put(key).then(), 200);
    when().get(key).then().statusCode(200).body("usagePlanId", equalTo(id));
    when().get(plan + "/usage").then().statusCode(200).body("items", hasSize(1));
    applied(when().delete(STAGE + "/usage-plans/" + id).then(), 204);
    String deletion = applied(when().delete(plan).then(), 204).extract().header("Operation-Id");

    when()
        .get("/v1/operations/" + deletion)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("applied"))
        .body("before.usagePlanName", equalTo("Silver"));
    given()
        .queryParam("usagePlanId", id)
        .get("/v1/audit")
        .then()
        .statusCode(200)
        .body("items.action", hasItem("create-plan"))
        .body("items.findAll { it.phase == 'outcome' }", hasSize(7));
    when().get("/v1/audit/verify").then().statusCode(200).body("verdict", equalTo("good"));
    when().get("/v1/audit/export").then().statusCode(200).body(containsString("\"prevHash\""));
  }

  private static ValidatableResponse applied(ValidatableResponse answer, int status) {
    return answer.statusCode(status).header("Operation-Outcome", "applied");
  }

  @Test
  void changeThatIsSentAgain_isAnsweredAsTheFirstTime() {
    String first = again().then().statusCode(201).extract().header("Operation-Id");

    again()
        .then()
        .statusCode(201)
        .body("usagePlanName", equalTo("Once"))
        .header("Idempotency-Replayed", "true")
        .header("Operation-Id", equalTo(first));
  }

  private static io.restassured.response.Response again() {
    return json("{\"usagePlanName\": \"Once\", \"rateRps\": 2}")
        .header("Idempotency-Key", "\"main-job\"")
        .post("/v1/usage-plans");
  }

  @Test
  void dryRun_tellsWhomAChangeConcerns() {
    json("{\"usagePlanName\": \"Open\", \"rateRps\": 9}")
        .queryParam("dryRun", true)
        .queryParam("impact", true)
        .put("/v1/usage-plans/planopen01")
        .then()
        .statusCode(200)
        .body("after.rateRps", equalTo(9))
        .body("impact", notNullValue());
  }

  @Test
  void mistake_isToldInTheWordsOfTheCatalogue() {
    json("{\"usagePlanName\": 7}")
        .post("/v1/usage-plans")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", notNullValue());
    when()
        .get("/problems/plan-in-use")
        .then()
        .statusCode(200)
        .body(containsString(ErrorCode.PLAN_IN_USE.cause()));
  }

  @Test
  void documents_areServed() {
    when().get("/q/openapi").then().statusCode(200).body(containsString("/v1/usage-plans"));
    when().get("/q/swagger-ui/").then().statusCode(200);
  }
}
