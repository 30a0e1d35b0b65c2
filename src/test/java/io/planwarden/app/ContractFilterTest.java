package io.planwarden.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter, against a server that answers as the test wants and a small document. */
class ContractFilterTest {
  private static final OpenApiDocument SAMPLE =
      OpenApiDocument.read(Path.of("src/test/resources/openapi/sample.yaml"));
  private static final String PROBLEM =
      "{\"type\":\"/problems/x\",\"title\":\"x\",\"status\":404,\"code\":\"x\",\"field\":\"y\"}";

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @Test
  void exchangeAsDeclared_passes() {
    answers(200, "application/json", "{\"count\":1,\"note\":\"n\"}");

    assertThatCode(() -> client().get("/v1/things/abc?limit=200")).doesNotThrowAnyException();
    assertThatCode(() -> put("{\"count\":1}")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a wrong type;          200; {\"count\":\"1\"}",
        "a fraction;            200; {\"count\":1.5}",
        "an extra member;       200; {\"count\":1,\"more\":1}",
        "a missing member;      200; {\"note\":\"n\"}",
        "an undeclared status;  202; {\"count\":1}",
        "an undeclared failure; 500; {\"count\":1}",
        "no body;               200; ''",
      })
  void answerNotAsDeclared_fails(String what, int status, String body) {
    answers(status, "application/json", body);

    assertThatThrownBy(() -> client().get("/v1/things/abc"))
        .as(what)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/v1/things/abc");
  }

  @Test
  void headerThatIsNotDeclared_fails() {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withHeader("thing-version", "1")
                    .withHeader("Thing-Owner", "me")
                    .withBody("{\"count\":1}")));

    assertThatThrownBy(() -> client().get("/v1/things/abc"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the header Thing-Owner is not named")
        .hasMessageNotContaining("thing-version is");
  }

  @Test
  void answerOfUndeclaredMediaType_fails() {
    answers(200, "text/plain", "{\"count\":1}");

    assertThatThrownBy(() -> client().get("/v1/things/abc")).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/things/ABC", "/v1/things/abc?limit=0", "/v1/things/abc?size=1"})
  void forbiddenTarget_hasToBeRefused(String target) {
    answers(200, "application/json", "{\"count\":1}");
    assertThatThrownBy(() -> client().get(target)).isInstanceOf(AssertionError.class);

    answers(404, "application/problem+json", PROBLEM);
    assertThatCode(() -> client().get(target)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"count\":\"1\"}", "{\"count\":1,\"more\":1}", "{}", "["})
  void forbiddenBody_hasToBeRefused(String body) {
    answers(200, "application/json", "{\"count\":1}");
    assertThatThrownBy(() -> put(body)).isInstanceOf(AssertionError.class);

    answers(404, "application/problem+json", PROBLEM);
    assertThatCode(() -> put(body)).doesNotThrowAnyException();
  }

  @Test
  void refusalThatIsNotAsDeclared_fails() {
    answers(404, "application/problem+json", PROBLEM.replace("404", "\"404\""));
    assertThatThrownBy(() -> client().get("/v1/things/abc")).isInstanceOf(AssertionError.class);

    answers(400, "application/problem+json", PROBLEM);
    assertThatThrownBy(() -> client().get("/v1/things/abc")).isInstanceOf(AssertionError.class);
  }

  @Test
  void requestForNoOperation_hasToBeRefusedWithAProblem() {
    answers(404, "application/problem+json", PROBLEM);
    assertThatCode(() -> client().get("/v1/nothing")).doesNotThrowAnyException();
    assertThatCode(() -> client().delete("/v1/things/abc")).doesNotThrowAnyException();

    answers(404, "application/problem+json", "{}");
    assertThatThrownBy(() -> client().get("/v1/nothing")).isInstanceOf(AssertionError.class);
    answers(404, "text/plain", PROBLEM);
    assertThatThrownBy(() -> client().get("/v1/nothing")).isInstanceOf(AssertionError.class);
    answers(200, "application/problem+json", PROBLEM);
    assertThatThrownBy(() -> client().delete("/v1/things/abc")).isInstanceOf(AssertionError.class);
  }

  @Test
  void pathOutsideTheApi_isNobodysBusiness() {
    answers(299, "text/plain", "anything");

    assertThatCode(() -> client().get("/q/health")).doesNotThrowAnyException();
    assertThatCode(() -> client().get("/sandbox/ledger")).doesNotThrowAnyException();
  }

  private static void answers(int status, String type, String body) {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withStatus(status).withHeader("Content-Type", type).withBody(body)));
  }

  private static RequestSpecification client() {
    return given().noFilters().baseUri(SERVER.baseUrl()).filter(new ContractFilter(() -> SAMPLE));
  }

  private static void put(String body) {
    client().contentType("application/json").body(body).put("/v1/things/abc");
  }
}
