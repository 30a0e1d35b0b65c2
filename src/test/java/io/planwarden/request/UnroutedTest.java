package io.planwarden.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that reach no resource, or find a broken one. */
@QuarkusTest
class UnroutedTest {
  @Inject SandboxClient sandbox;

  @AfterEach
  void nothingReachedNcp() {
    assertThat(sandbox.calls()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /nothing",
    "GET, /v1",
    "GET, /v1/nothing",
    "GET, /v1/usage-plans/planfree01/nothing",
    "GET, /v2/usage-plans",
    "GET, /V1/usage-plans",
    "GET, /q/nothing",
    "GET, /q/swagger-ui/nothing",
    "GET, /q/health",
    "GET, /q/metrics",
    "GET, /v1/usage-plans;x=1",
    "POST, /v1/nothing",
    "DELETE, /nothing",
    "OPTIONS, /nothing",
    "BREW, /nothing",
  })
  void unknownPath_is404(String method, String path) {
    problem(given().urlEncodingEnabled(false).request(method, path).then(), 404, "unknown-path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/v1/usage-plans|GET, HEAD, OPTIONS, POST",
        "PUT|/v1/usage-plans|GET, HEAD, OPTIONS, POST",
        "BREW|/v1/usage-plans|GET, HEAD, OPTIONS, POST",
        "TRACE|/v1/usage-plans|GET, HEAD, OPTIONS, POST",
        "POST|/v1/usage-plans/planfree01|DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
        "POST|/v1/usage-plans/planfree01/stages|GET, HEAD, OPTIONS",
        "GET|/v1/stages/a:b:c/usage-plans/planfree01|DELETE, OPTIONS, PUT",
        "POST|/v1/stages/a:b:c/default-limits|GET, HEAD, OPTIONS, PUT",
        "DELETE|/v1/audit|GET, HEAD, OPTIONS",
        "POST|/problems/invalid-id|GET, HEAD, OPTIONS",
      })
  void wrongMethod_is405WithTheMethodsThatThereAre(String method, String path, String allow) {
    problem(given().request(method, path).then(), 405, "method-not-allowed")
        .header("Allow", allow)
        .body("detail", containsString(allow));
    given().request("OPTIONS", path).then().statusCode(204).header("Allow", allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "application/xml", "image/*, text/plain", "nonsense", "text/json"})
  void otherAccept_is406(String accept) {
    problem(given().header("Accept", accept).get("/v1/usage-plans").then(), 406, "not-acceptable")
        .body("detail", startsWith("The answer is application/json."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/*", "text/html, */*;q=0.1", "application/json;q=0.5"})
  void acceptThatAllowsJson_isFollowed(String accept) {
    given().header("Accept", accept).get("/v1/operations/x").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/probe/defect", "/probe/late-defect", "/probe/unwritable"})
  void defect_is500WithoutWhatItIs(String path) {
    problem(given().get(path).then(), 500, "internal-error")
        .body("retryable", equalTo(false))
        .body(not(containsString("secret")))
        .body(not(containsString("Exception")))
        .body(not(containsString("io.planwarden")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/usage-plans?color=red|color|is none of limit, offset, usagePlanName",
        "/v1/usage-plans?Limit=5|Limit|is none of limit, offset, usagePlanName",
        "/v1/usage-plans?limit=5&limit=6|limit|must be there once",
        "/v1/usage-plans?limit=5;limit=5|limit|must be there once",
        "/v1/usage-plans?usagePlanName=%ff|usagePlanName|must be percent-encoded UTF-8",
        "/v1/usage-plans?=1|1|is none of",
        "/v1/usage-plans?a%0d%0ab=1|a??b|is none of",
        "/v1/usage-plans/planfree01?x|x|is not known; there are none",
        "/v1/audit?offset=5|offset|is none of action, apiKeyId, caller, cursor",
        "/problems?x=1|x|is not known; there are none",
      })
  void parameterThatNothingReads_isRefused(String path, String field, String rule) {
    problem(given().urlEncodingEnabled(false).get(path).then(), 400, "invalid-parameter")
        .body("field", equalTo(field))
        .body("rule", containsString(rule));
  }

  @Test
  void misspeltParameterOfAChange_changesNothing() {
    given()
        .contentType("application/json")
        .body("{\"usagePlanName\": \"Silver\"}")
        .post("/v1/usage-plans?allowduplicatename=true")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("field", equalTo("allowduplicatename"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/q/swagger-ui", "/q/swagger-ui/", "/q/swagger-ui/style.css", "/q/openapi"})
  void answerOfThePlatform_hasTheRequestIdToo(String path) {
    given()
        .redirects()
        .follow(false)
        .header("X-Request-Id", "order-17")
        .get(path)
        .then()
        .header("X-Request-Id", "order-17")
        .header("X-Content-Type-Options", "nosniff");
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .header("X-Request-Id", notNullValue())
        .header("X-Content-Type-Options", "nosniff")
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("type", equalTo("/problems/" + code));
  }
}
