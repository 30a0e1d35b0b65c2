package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers by which a caller would like to be somebody else, or to ask something else. */
@QuarkusTest
class UntrustedHeadersTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";

  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For|203.0.113.7",
        "X-Forwarded-For|203.0.113.7, 127.0.0.1",
        "Forwarded|for=203.0.113.7;host=evil.example;proto=https",
        "X-Real-IP|203.0.113.7",
        "X-Forwarded-Prefix|/evil",
        "True-Client-IP|203.0.113.7",
      })
  void address_isThePeersOwn(String header, String value) {
    String id = "forwarded-" + Math.abs((header + value).hashCode());
    given()
        .header(header, value)
        .header("X-Request-Id", id)
        .delete("/v1/usage-plans/planopen99")
        .then()
        .statusCode(404);

    given()
        .get("/v1/audit?requestId=" + id)
        .then()
        .statusCode(200)
        .body("items.size()", org.hamcrest.Matchers.greaterThan(0))
        .body("items.caller.address", everyItem(equalTo("127.0.0.1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
  void method_isTheOneOfTheRequest(String header) {
    given().header(header, "DELETE").get(PLAN).then().statusCode(200);
    given().header(header, "DELETE").post(PLAN).then().statusCode(405);

    given().get(PLAN).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri"})
  void path_isTheOneOfTheRequest(String header) {
    given().header(header, PLAN).get("/nothing").then().statusCode(404);
    given()
        .header(header, "/v1/usage-plans/planopen01")
        .get(PLAN)
        .then()
        .statusCode(200)
        .body("usagePlanId", equalTo("planfree01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "x\u0080y"})
  void trace_isNeitherTakenNorGiven(String value) {
    given()
        .header("traceparent", value)
        .header("tracestate", "a=b")
        .get(PLAN)
        .then()
        .statusCode(200)
        .header("traceparent", nullValue())
        .header("tracestate", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0d%0ab", "a%0Ab", "a%00b", "a%1b[2Jb", "a%c2%85b", "a%e2%80%a8b"})
  void reason_isOneLine(String reason) {
    given()
        .header("X-Change-Reason", reason)
        .delete(PLAN)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("field", equalTo("X-Change-Reason"));
  }
}
