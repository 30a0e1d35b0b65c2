package io.planwarden.operation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;

import io.planwarden.audit.AuditCommand;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** What tests ask a running application about its audit, and its command line about a copy. */
final class AuditOverHttp {
  /** What the command said, and its exit code. */
  record Output(int code, String text) {}

  private AuditOverHttp() {}

  static Response health() {
    return management("/q/health/ready");
  }

  /** The value of a metric that has no labels, under its name for Prometheus. */
  static double metric(String name) {
    return management("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static Response management(String path) {
    return given()
        .port(ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class))
        .get(path);
  }

  /** Where health tells a member of the audit's check. */
  static String ofAudit(String member) {
    return "checks.find { it.name == 'audit' }." + member;
  }

  static void awaitReady(Duration atMost) {
    Awaitility.await()
        .atMost(atMost)
        .untilAsserted(
            () -> health().then().statusCode(200).body(ofAudit("status"), equalTo("UP")));
  }

  /** The newest rows that have all of it, at most 200. */
  static ValidatableResponse rows(Map<String, String> filters) {
    return given()
        .queryParams(filters)
        .queryParam("limit", 200)
        .get("/v1/audit")
        .then()
        .statusCode(200)
        .body("items.seq", everyItem(notNullValue()));
  }

  /** What a verification finds, up to an anchor if that is given. */
  static JsonPath verify(String anchor) {
    return (anchor == null ? given() : given().queryParam("anchor", anchor))
        .get("/v1/audit/verify")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  static ValidatableResponse archive(String through) {
    return given()
        .contentType("application/json")
        .body(Map.of("through", through))
        .post("/v1/audit/archive")
        .then();
  }

  static Output command(String... words) {
    var bytes = new ByteArrayOutputStream();
    int code = AuditCommand.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), words);
    return new Output(code, bytes.toString(StandardCharsets.UTF_8));
  }
}
