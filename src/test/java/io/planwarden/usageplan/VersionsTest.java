package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags and the conditions that callers make of them. */
@QuarkusTest
class VersionsTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";
  private static final String LIMITS = "/v1/stages/weather001:forecast01:wfcstprod1/default-limits";
  private static final String NEW_LIMITS =
      "{\"rateRps\": 11, \"dayQuotaRequest\": 5, \"monthQuotaRequest\": 6, \"quotaCondition\": \"2xx\"}";

  @Inject SandboxClient sandbox;
  @Inject Versions versions;

  @ParameterizedTest
  @ValueSource(strings = {PLAN, LIMITS})
  void tag_isOfTheBytesAsSent(String path) throws Exception {
    Response answer = when().get(path);

    byte[] hash = MessageDigest.getInstance("SHA-256").digest(answer.asByteArray());
    assertThat(answer.header("ETag"))
        .isEqualTo('"' + HexFormat.of().formatHex(hash).substring(0, 32) + '"');
    assertThat(when().get(path).header("ETag")).isEqualTo(answer.header("ETag"));
  }

  @Test
  void keptRepresentation_isWrittenOnce_andNotMistakenForAnEqualOne() {
    Object kept = List.of("kept");
    Object equal = List.of("kept");

    Version version = versions.ofKept(kept);

    assertThat(versions.ofKept(kept)).isSameAs(version);
    assertThat(versions.ofKept(equal)).isNotSameAs(version);
    assertThat(versions.of(kept).body()).isEqualTo(version.body());
    assertThat(versions.of(kept).tag()).isEqualTo(version.tag());
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAN, LIMITS})
  void readOfAKnownVersion_is304(String path) {
    String tag = tag(path);
    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      Response answer = given().header("If-None-Match", known).get(path);
      assertThat(answer.statusCode()).as(known).isEqualTo(304);
      assertThat(answer.asString()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(tag);
    }
    given().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
  }

  @Test
  void changesUnderTheCurrentTag_areMadeAndTellTheNext() {
    String edited =
        put(PLAN, tag(PLAN), UsagePlanTest.EDIT).statusCode(200).extract().header("ETag");
    assertThat(edited).isEqualTo(tag(PLAN));
    String patched = patch(edited, "{\"rateRps\": 50}").statusCode(200).extract().header("ETag");
    assertThat(patched).isEqualTo(tag(PLAN)).isNotEqualTo(edited);
    patch("\"other\", " + patched, "{\"rateRps\": 51}").statusCode(200);
    patch("*", "{\"rateRps\": 52}").statusCode(200);

    String limits = put(LIMITS, tag(LIMITS), NEW_LIMITS).statusCode(200).extract().header("ETag");
    assertThat(limits).isEqualTo(tag(LIMITS));
    assertThat(sandbox.ledger()).hasSize(5);
  }

  @Test
  void tagOfACreatedPlan_isThatOfTheNextRead() {
    Response created = UsagePlanTest.create("Silver").extract().response();

    assertThat(created.header("ETag")).isEqualTo(tag(created.header("Location")));
  }

  @Test
  void editUnderAnOldTag_is412WithTheCurrentTagAndTheDifferences() {
    String old = tag(PLAN);
    patch("*", "{\"rateRps\": 50}");

    put(PLAN, old, "{\"usagePlanName\": \"Free\", \"rateRps\": 60, \"quotaCondition\": \"2xx\"}")
        .statusCode(412)
        .header("ETag", tag(PLAN))
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("precondition-failed"))
        .body("etag", equalTo(tag(PLAN)))
        .body("diff.field", contains("rateRps"))
        .body("diff[0].current", equalTo(50))
        .body("diff[0].requested", equalTo(60));
    patch(old, "{\"usagePlanDescription\": null}")
        .statusCode(412)
        .body("diff.field", contains("usagePlanDescription"))
        .body("diff[0]", not(org.hamcrest.Matchers.hasKey("requested")));
    given().header("If-Match", old).delete(PLAN).then().statusCode(412);
    put(LIMITS, "\"old\"", NEW_LIMITS).statusCode(412).header("ETag", tag(LIMITS));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void weakTag_neverMatchesAChange() {
    patch("W/" + tag(PLAN), "{\"rateRps\": 50}").statusCode(412);
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void deleteUnderTheCurrentTag_deletes() {
    String plan = "/v1/usage-plans/planopen01";
    given().header("If-Match", tag(plan)).delete(plan).then().statusCode(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "\"open", "*, \"a\"", "\"a\" \"b\"", ",", "w/\"a\"", "\"a\"x"})
  void malformedCondition_is400(String condition) {
    patch(condition, "{\"rateRps\": 50}")
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("field", equalTo("If-Match"));
    given().header("If-None-Match", condition).get(PLAN).then().statusCode(400);
    assertThat(sandbox.ledger()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/usage-plans,If-Match",
    "GET,/v1/usage-plans/planfree01,If-Match",
    "POST,/v1/usage-plans,If-Match",
    "PUT,/v1/stages/wfcstbeta1/usage-plans/planopen01,If-Match",
    "DELETE,/v1/stages/wfcstprod1/usage-plans/planfree01,If-Match",
    "PUT,/v1/stages/wfcstprod1/api-keys/keyacme001/usage-plan,If-Match",
    "GET,/v1/stages/wfcstprod1/default-limits,If-Match",
    "GET,/v1/audit,If-Match",
    "PUT,/v1/usage-plans/planfree01,If-None-Match",
    "DELETE,/v1/usage-plans/planopen01,If-None-Match",
    "PUT,/v1/stages/wfcstprod1/default-limits,If-None-Match",
  })
  void conditionThatNobodyLooksAt_is400(String method, String path, String condition) {
    var request = given().header(condition, "*");
    if (method.startsWith("P")) {
      request.contentType(ContentType.JSON).body("{}");
    }
    request
        .request(method, path)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("field", equalTo(condition));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void readWithoutATag_isAnsweredWhateverTheCallerKnows() {
    given()
        .header("If-None-Match", "*")
        .get("/v1/products")
        .then()
        .statusCode(200)
        .header("ETag", nullValue());
  }

  private static String tag(String path) {
    return when().get(path).then().statusCode(200).extract().header("ETag");
  }

  private static ValidatableResponse put(String path, String ifMatch, String body) {
    return given()
        .contentType(ContentType.JSON)
        .header("If-Match", ifMatch)
        .body(body)
        .put(path)
        .then();
  }

  private static ValidatableResponse patch(String ifMatch, String body) {
    return given()
        .contentType("application/merge-patch+json; charset=utf-8")
        .header("If-Match", ifMatch)
        .body(body)
        .patch(PLAN)
        .then();
  }
}
