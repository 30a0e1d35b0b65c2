package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongStatusTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource({
    "500, 900, Unexpected Error",
    "503, 500, Endpoint Error",
    "504, 510, Endpoint Timeout",
    "429, 400, Quota Exceeded",
    "429, 410, Throttle Limited",
    "429, 420, Rate Limited",
    "401, 200, Authentication Failed",
    "401, 210, Permission Denied",
    "403, 230, Forbidden",
    "400, 12345, Bad Request"
  })
  void statusWithCode_envelopeAndNoEffect(int status, String code, String message) {
    sandbox
        .faults("{\"fault\": \"status\", \"status\": %d, \"code\": %s}".formatted(status, code))
        .is(200);

    Answer answer = sandbox.delete("/usage-plans/planopen01");

    answer.isError(status, code);
    assertEquals(message, answer.error().getString("message"));
    assertEquals("", answer.header("Retry-After"));
    assertEquals(0, sandbox.ledger().size());
    assertEquals("status", sandbox.lastCall().getString("fault"));
    assertEquals(status, sandbox.lastCall().getInteger("status"));
  }

  @Test
  void codesSetToIntegers_integerCode() {
    sandbox.set("errorCodeType", "integer");
    sandbox.faults("{\"fault\": \"status\", \"code\": 900}").is(200);

    assertEquals(900, sandbox.get("/products").is(500).error().getValue("errorCode"));
  }

  @Test
  void withoutCode_envelopeWithoutCode() {
    sandbox.faults("{\"fault\": \"status\", \"status\": 429}").is(200);

    JsonObject error = sandbox.get("/products").is(429).error();

    assertFalse(error.containsKey("errorCode"));
    assertEquals("Too Many Requests", error.getString("message"));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "'\"Sun, 01 Mar 2026 09:00:30 GMT\"', 'Sun, 01 Mar 2026 09:00:30 GMT'"})
  void retryAfter_header(String given, String expected) {
    sandbox
        .faults("{\"fault\": \"status\", \"status\": 503, \"retryAfter\": %s}".formatted(given))
        .is(200);

    assertEquals(expected, sandbox.get("/products").is(503).header("Retry-After"));
  }

  @Test
  void html_pageOfAProxy() {
    sandbox.faults("{\"fault\": \"status\", \"status\": 502, \"html\": true}").is(200);

    Answer answer = sandbox.get("/products").is(502);

    assertEquals("text/html", answer.header("Content-Type"));
    assertTrue(answer.text().contains("<title>502 Bad Gateway</title>"), answer.text());
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 1"})
  void accepted_noBodyAndEffectIfApplied(boolean applied, int rows) {
    sandbox
        .faults("{\"fault\": \"status\", \"status\": 202, \"applied\": %s}".formatted(applied))
        .is(200);

    assertEquals("", sandbox.delete("/usage-plans/planopen01").is(202).text());

    assertEquals(rows, sandbox.ledger().size());
  }

  @Test
  void failureApplied_rowNamesTheFault() {
    sandbox.faults("{\"fault\": \"status\", \"applied\": true}").is(200);

    sandbox.delete("/usage-plans/planopen01").is(500);

    assertEquals("status", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void rateOverTheLimit_refused() {
    sandbox.faults("{\"fault\": \"rate-limit\", \"perSecond\": 0}").is(200);

    sandbox.delete("/usage-plans/planopen01").isError(429, "420");

    assertEquals(0, sandbox.ledger().size());
    assertEquals("rate-limit", sandbox.lastCall().getString("fault"));
  }

  @Test
  void rateWithinTheLimit_served() {
    sandbox.faults("{\"fault\": \"rate-limit\", \"perSecond\": 1000, \"code\": 410}").is(200);

    sandbox.delete("/usage-plans/planopen01").is(204);

    assertFalse(sandbox.onlyRow().containsKey("fault"));
  }

  @Test
  void burstOverTheLimit_laterOnesRefusedWithTheGivenCode() {
    sandbox
        .faults("{\"fault\": \"rate-limit\", \"perSecond\": 1, \"code\": 410, \"retryAfter\": 1}")
        .is(200);

    // Of many in a row, some must be within a second of each other.
    for (int i = 0; i < 100; i++) {
      sandbox.get("/products");
    }

    JsonObject refused =
        sandbox.control("GET", "calls", "").list("calls").stream()
            .map(JsonObject.class::cast)
            .filter(call -> call.containsKey("fault"))
            .findFirst()
            .orElseThrow();
    assertEquals(429, refused.getInteger("status"));
    assertTrue(sandbox.control("GET", "calls/rate", "").json().getInteger("maxPerSecond") > 1);
  }
}
