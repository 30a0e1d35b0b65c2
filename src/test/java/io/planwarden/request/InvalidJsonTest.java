package io.planwarden.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InvalidJsonTest {
  @Inject SandboxClient sandbox;

  @AfterEach
  void nothingReachedNcp() {
    assertThat(sandbox.calls()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`usagePlanName`: `a`, `color`: 1}|unknown-field|color|is not one of dayQuotaRequest",
        "{`usageplanname`: `a`}|unknown-field|usageplanname|usagePlanName",
        "{`usagePlanName`: `a`, `` : 1}|unknown-field||is not one of",
        "{`usagePlanName`: `a`, `\\ud800`: 1}|unknown-field|?|is not one of",
        "{`usagePlanName`: `a`, `x\\u202ey`: 1}|unknown-field|x?y|is not one of",
        "{`usagePlanName`: `a`, `usagePlanName`: `b`}|duplicate-field|usagePlanName|twice",
        "{`usagePlanName`: `a`, `\\u0075sagePlanName`: `b`}|duplicate-field|usagePlanName|twice",
        "{`usagePlanName`: 5}|invalid-field|usagePlanName|must be a string",
        "{`usagePlanName`: 5.5}|invalid-field|usagePlanName|must be a string",
        "{`usagePlanName`: true}|invalid-field|usagePlanName|must be a string",
        "{`usagePlanName`: {}}|invalid-field|usagePlanName|must be a string",
        "{`usagePlanName`: [`a`]}|invalid-field|usagePlanName|must be a string",
        "{`usagePlanName`: `\\ud800`}|invalid-field|usagePlanName|unpaired surrogates",
        "{`usagePlanName`: `\\udc00\\ud800`}|invalid-field|usagePlanName|unpaired surrogates",
        "{`usagePlanName`: `a`, `rateRps`: `5`}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: ``}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: ` `}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: `null`}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: `NaN`}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: 1.5}|invalid-field|rateRps|without quotes, fraction",
        "{`usagePlanName`: `a`, `rateRps`: 1.0}|invalid-field|rateRps|without quotes, fraction",
        "{`usagePlanName`: `a`, `rateRps`: 1e2}|invalid-field|rateRps|without quotes, fraction",
        "{`usagePlanName`: `a`, `rateRps`: 1e999999999}|invalid-field|rateRps|without quotes",
        "{`usagePlanName`: `a`, `rateRps`: -1e-999999999}|invalid-field|rateRps|without quotes",
        "{`usagePlanName`: `a`, `rateRps`: true}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: [1]}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: {}}|invalid-field|rateRps|must be a whole number",
        "{`usagePlanName`: `a`, `rateRps`: 2147483648}|invalid-field|rateRps|to 2147483647",
        "{`usagePlanName`: `a`, `rateRps`: 99999999999999999999}|invalid-field|rateRps|2147483647",
        "{`usagePlanName`: `a`, `dayQuotaRequest`: 9223372036854775808}"
            + "|invalid-field|dayQuotaRequest|to 9223372036854775807",
        "{`usagePlanName`: `a`, `dayQuotaRequest`: 1.0}|invalid-field|dayQuotaRequest|fraction",
      })
  void fault_namesTheFieldAndTheRule(String body, String code, String field, String rule) {
    post(body.replace('`', '"'))
        .statusCode(400)
        .body("code", equalTo(code))
        .body("field", equalTo(field == null ? "" : field))
        .body("rule", containsString(rule))
        .body("detail", containsString(rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "5",
        "\"planfree01\"",
        "[]",
        "[{\"usagePlanName\": \"a\"}]",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{",
        "{\"usagePlanName\": \"a\"",
        "{\"usagePlanName\": \"a\"}}",
        "{\"usagePlanName\": \"a\"} {}",
        "{\"usagePlanName\": \"a\"} x",
        "{\"usagePlanName\": \"a\",}",
        "{usagePlanName: \"a\"}",
        "{'usagePlanName': 'a'}",
        "{\"usagePlanName\": \"a\\x\"}",
        "{\"usagePlanName\": \"a\nb\"}",
        "{\"usagePlanName\": \"a\", \"rateRps\": NaN}",
        "{\"usagePlanName\": \"a\", \"rateRps\": Infinity}",
        "{\"usagePlanName\": \"a\", \"rateRps\": -Infinity}",
        "{\"usagePlanName\": \"a\", \"rateRps\": +1}",
        "{\"usagePlanName\": \"a\", \"rateRps\": 01}",
        "{\"usagePlanName\": \"a\", \"rateRps\": 0x1}",
        "{\"usagePlanName\": \"a\" /* note */}",
        "usagePlanName=a",
      })
  void notOneJsonObject_isMalformedJson(String body) {
    post(body).statusCode(400).body("code", equalTo("malformed-json"));
  }

  static Stream<Arguments> encodings() {
    String body = "{\"usagePlanName\": \"a\"}";
    return Stream.of(
        arguments("byte-order mark", bytes("\uFEFF" + body, StandardCharsets.UTF_8)),
        arguments("UTF-16BE", bytes(body, StandardCharsets.UTF_16BE)),
        arguments("UTF-16LE", bytes(body, StandardCharsets.UTF_16LE)),
        arguments("UTF-16 with mark", bytes(body, StandardCharsets.UTF_16)),
        arguments("UTF-32BE", bytes(body, Charset.forName("UTF-32BE"))),
        arguments("UTF-32LE", bytes(body, Charset.forName("UTF-32LE"))),
        arguments("Latin-1", bytes("{\"usagePlanName\": \"\u00e9\"}", StandardCharsets.ISO_8859_1)),
        arguments("surrogate in UTF-8", with(0xED, 0xA0, 0x80)),
        arguments("overlong", with(0xC0, 0xAF)),
        arguments("beyond Unicode", with(0xF4, 0x90, 0x80, 0x80)),
        arguments("cut off", with(0xE2, 0x82)),
        arguments("zero byte", with(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encodings")
  void otherThanPlainUtf8_isMalformedJson(String name, byte[] body) {
    post(body).statusCode(400).body("code", equalTo("malformed-json"));
  }

  @Test
  void malformedJson_tellsWhere() {
    post("{\n  \"usagePlanName\": oops}")
        .body("code", equalTo("malformed-json"))
        .body("detail", containsString("at line 2, column"));
  }

  @Test
  void number_isReadTo100DigitsAndNoFurther() {
    post("{\"usagePlanName\": \"a\", \"rateRps\": " + "9".repeat(100) + "}")
        .body("code", equalTo("invalid-field"))
        .body("rule", equalTo("must be from -2147483648 to 2147483647"));
    post("{\"usagePlanName\": \"a\", \"rateRps\": " + "9".repeat(60_000) + "}")
        .statusCode(400)
        .body("code", equalTo("malformed-json"))
        .body("detail", containsString("a number of more than 100 digits"));
  }

  @Test
  void longString_isRefusedByTheRuleOfItsField() {
    post("{\"usagePlanName\": \"" + "a".repeat(60_000) + "\"}")
        .statusCode(400)
        .body("field", equalTo("usagePlanName"))
        .body("rule", containsString("1 to 45 characters"));
  }

  @Test
  void longName_isCutInTheAnswer() {
    post("{\"" + "a".repeat(60_000) + "\": 1}")
        .body("code", equalTo("unknown-field"))
        .body("field", equalTo("a".repeat(100)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`items`: [{`id`: `a`}, {`id`: 5}]}|invalid-field|items[1].id",
        "{`items`: [{`id`: `a`}, {`color`: 5}]}|unknown-field|items[1].color",
        "{`items`: [{`id`: `a`, `id`: `b`}]}|duplicate-field|items[0].id",
        "{`items`: [5]}|invalid-field|items[0]",
        "{`items`: {}}|invalid-field|items",
        "{`items`: ``}|invalid-field|items",
        "{`names`: [`a`, 5]}|invalid-field|names[1]",
        "{`flag`: 1}|invalid-field|flag",
        "{`flag`: `true`}|invalid-field|flag",
        "{`small`: null}|invalid-field|small",
      })
  void nestedFault_isNamedByItsPath(String body, String code, String field) {
    post("/probe/body", body.replace('`', '"').getBytes(StandardCharsets.UTF_8))
        .statusCode(400)
        .body("code", equalTo(code))
        .body("field", equalTo(field));
  }

  @Test
  void nesting_isReadTo32LevelsAndNoFurther() {
    tree(32).statusCode(200);
    tree(33)
        .statusCode(400)
        .body("code", equalTo("malformed-json"))
        .body("detail", containsString("nested deeper than 32 levels"));
    tree(10_000).statusCode(400).body("code", equalTo("malformed-json"));
  }

  private static ValidatableResponse tree(int depth) {
    String body = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    return post("/probe/tree", body.getBytes(StandardCharsets.UTF_8));
  }

  private static ValidatableResponse post(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  private static ValidatableResponse post(byte[] body) {
    return post("/v1/usage-plans", body);
  }

  /** No answer may show what the application is made of. */
  private static ValidatableResponse post(String path, byte[] body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post(path)
        .then()
        .header("X-Request-Id", notNullValue())
        .body(not(containsString("io.planwarden")))
        .body(not(containsString("java.lang")))
        .body(not(containsString("jackson")))
        .body(not(containsString("Record")));
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  /** A body with these bytes in the name. */
  private static byte[] with(int... bytes) {
    StringBuilder latin = new StringBuilder("{\"usagePlanName\": \"");
    for (int b : bytes) {
      latin.append((char) b);
    }
    return latin.append("\"}").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
