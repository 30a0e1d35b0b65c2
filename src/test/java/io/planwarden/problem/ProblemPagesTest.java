package io.planwarden.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemPagesTest {
  static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  @Test
  void typeOfAProblem_leadsToItsPage() {
    String type = given().get("/nothing").then().extract().path("type");

    given()
        .get(type)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Vary", "Accept")
        .body("code", equalTo("unknown-path"))
        .body("status", equalTo(404))
        .body("retryable", equalTo(false))
        .body("cause", equalTo(ErrorCode.UNKNOWN_PATH.cause()))
        .body("remedy", equalTo(ErrorCode.UNKNOWN_PATH.remedy()));
  }

  @ParameterizedTest
  @EnumSource
  void everyCode_hasAPageForPeople(ErrorCode code) {
    String page =
        given()
            .header("Accept", BROWSER)
            .get("/problems/" + code.code())
            .then()
            .statusCode(200)
            .contentType("text/html;charset=UTF-8")
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .extract()
            .asString();

    assertThat(page)
        .contains(code.code(), ErrorPages.escaped(code.cause()), ErrorPages.escaped(code.remedy()))
        .doesNotContain("src=", "http:", "https:", "<script", "@import");
  }

  @Test
  void list_hasEveryCode() {
    given()
        .get("/problems")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("items", hasSize(ErrorCode.values().length))
        .body("items.code", hasItems("invalid-id", "outcome-unknown"));
    given()
        .header("Accept", BROWSER)
        .get("/problems")
        .then()
        .contentType("text/html;charset=UTF-8")
        .body(containsString("href=\"/problems/outcome-unknown\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "application/*", "text/html;q=0.1, */*"})
  void json_isAnsweredUnlessHtmlIsPreferred(String accept) {
    given()
        .header("Accept", accept)
        .get("/problems/invalid-id")
        .then()
        .contentType("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "INVALID-ID", "invalid_id", "%3Cscript%3E"})
  void unknownCode_is404(String code) {
    given()
        .urlEncodingEnabled(false)
        .get("/problems/" + code)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("unknown-path"));
  }

  @Test
  void otherAccept_is406() {
    given()
        .header("Accept", "image/png")
        .get("/problems")
        .then()
        .statusCode(406)
        .body("code", equalTo("not-acceptable"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html;x=",
        "application/json;a=",
        "text/html;",
        "text/html;x",
        "text/html;x=\"",
        "text/html;q=",
        "application/json;q=x",
        "text/html,,",
        "/",
        ";=",
        "text/html;q=1;="
      })
  void acceptThatIsNotWellFormed_isTheCallersFaultOrNone(String accept) {
    given()
        .header("Accept", accept)
        .get("/problems")
        .then()
        .statusCode(lessThan(500))
        .header("X-Request-Id", notNullValue());
  }

  @Test
  void pages_areNotInTheOpenApiDocument() {
    assertThat(given().get("/q/openapi").asString()).doesNotContain("/problems:");
  }

  @Test
  void markup_isEscaped() {
    assertThat(ErrorPages.escaped("<a href=\"x\">'&</a>"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;");
  }
}
