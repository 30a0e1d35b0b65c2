package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where configuration demands more of changes than usually. */
@QuarkusTest
@TestProfile(Strict.class)
class StrictChangesTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";

  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/v1/usage-plans/planfree01|application/json|{\"usagePlanName\": \"a\"}",
        "PUT|/v1/usage-plans/planfree01?dryRun=true|application/json|{\"usagePlanName\": \"a\"}",
        "PATCH|/v1/usage-plans/planfree01|application/merge-patch+json; charset=utf-8|{\"rateRps\": 1}",
        "PUT|/v1/stages/wfcstprod1/default-limits|application/json|{\"rateRps\": 1}",
        "DELETE|/v1/usage-plans/planopen01|application/json|{}",
      })
  void changeWithoutACondition_is428(String method, String path, String type, String body) {
    given()
        .contentType(type)
        .body(body)
        .request(method, path)
        .then()
        .statusCode(428)
        .body("code", equalTo("precondition-required"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void ifMatch_isCheckedAlthoughTheBeforeReadIsSwitchedOff() {
    String old = when().get(PLAN).header("ETag");
    edit(old, 50, 200);

    edit(old, 60, 412);

    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void zeroQuota_isSent() {
    given()
        .contentType("application/merge-patch+json; charset=utf-8")
        .header("If-Match", "*")
        .body("{\"dayQuotaRequest\": 0, \"monthQuotaRequest\": 0}")
        .patch(PLAN)
        .then()
        .statusCode(200)
        .body("dayQuotaRequest", equalTo(0));
  }

  @Test
  void quotaBelowZero_isToldWhetherZeroMayBe() {
    given()
        .contentType("application/merge-patch+json; charset=utf-8")
        .header("If-Match", "*")
        .body("{\"dayQuotaRequest\": -1, \"monthQuotaRequest\": 0}")
        .patch(PLAN)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-field"))
        .body("detail", containsString("dayQuotaRequest must be from 0 to 9007199254740991"));
    given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", "below-zero")
        .body("{\"usagePlanName\": \"a\", \"dayQuotaRequest\": -1, \"monthQuotaRequest\": 1}")
        .post("/v1/usage-plans")
        .then()
        .statusCode(400)
        .body("detail", containsString("dayQuotaRequest must be from 1 to 9007199254740991"));
  }

  @Test
  void postWithoutKey_is400_andOthersAreFree() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"usagePlanName\": \"No key\"}")
        .post("/v1/usage-plans")
        .then()
        .statusCode(400)
        .body("code", equalTo("idempotency-key-required"));
    given().header("If-Match", "*").delete("/v1/usage-plans/planopen01").then().statusCode(204);
    given()
        .contentType(ContentType.JSON)
        .body("{\"through\": \"1:" + "0".repeat(64) + "\"}")
        .post("/v1/audit/archive")
        .then()
        .statusCode(409)
        .body("code", equalTo("archive-refused"));
  }

  private static void edit(String ifMatch, int rate, int status) {
    given()
        .contentType(ContentType.JSON)
        .header("If-Match", ifMatch)
        .body(Map.of("usagePlanName", "Free", "rateRps", rate))
        .put(PLAN)
        .then()
        .statusCode(status);
  }
}
