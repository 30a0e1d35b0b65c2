package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final String BUSY = "{\"fault\": \"status\", \"status\": 503%s}";

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void rules_listedWithTheirCounts() {
    sandbox.faults(BUSY.formatted(", \"times\": 1")).is(200);
    sandbox.get("/products").is(503);
    sandbox.get("/products").is(200);

    assertEquals(
        new JsonObject(
            """
            {"rules": [{"fault": "status", "status": 503, "times": 1, "matched": 2, "fired": 1}]}
            """),
        sandbox.control("GET", "faults", "").is(200).json());
  }

  @Test
  void rulesPutAgain_replaced() {
    sandbox.faults(BUSY.formatted("")).is(200);

    sandbox.faults().is(200);

    sandbox.get("/products").is(200);
  }

  @Test
  void rulesDeleted_none() {
    sandbox.faults(BUSY.formatted("")).is(200);

    sandbox.control("DELETE", "faults", "").is(204);

    sandbox.get("/products").is(200);
    assertEquals(0, sandbox.control("GET", "faults", "").list("rules").size());
  }

  @ParameterizedTest
  @CsvSource({
    "edit-plan, 200, 503, 204",
    "delete-plan, 200, 200, 503",
    "read, 503, 200, 204",
    "change, 200, 503, 503",
    "GET /api/v1/usage-plans, 503, 200, 204",
    "PUT /api/v1/usage-plans/plano, 200, 503, 204",
    "PUT /api/v1/products, 200, 200, 204"
  })
  void match_onlyWhatItCovers(String match, int read, int edit, int delete) {
    sandbox.faults(BUSY.formatted(", \"match\": \"" + match + "\"")).is(200);

    sandbox.get("/usage-plans/planopen01").is(read);
    sandbox.put("/usage-plans/planopen01", new JsonObject().put("usagePlanName", "Ajar")).is(edit);
    sandbox.delete("/usage-plans/planopen01").is(delete);
  }

  @Test
  void noMatch_unsignedAndUnknownRequestsToo() {
    sandbox.faults(BUSY.formatted("")).is(200);

    sandbox.send(sandbox.request("GET", "/api/v1/nothing", "")).is(503);
  }

  @Test
  void afterAndTimes_skippedThenSoManyThenNoMore() {
    sandbox.faults(BUSY.formatted(", \"after\": 1, \"times\": 2")).is(200);

    assertEquals(List.of(200, 503, 503, 200, 200), statuses(5));
  }

  @Test
  void severalRules_firstThatFiresWins() {
    sandbox
        .faults(
            "{\"fault\": \"status\", \"status\": 502, \"times\": 1}",
            "{\"fault\": \"status\", \"status\": 504, \"match\": \"change\"}",
            BUSY.formatted(", \"times\": 1"))
        .is(200);

    assertEquals(List.of(502, 503, 200), statuses(3));
  }

  @Test
  void probability_sometimes() {
    sandbox.faults(BUSY.formatted(", \"probability\": 0.5")).is(200);

    List<Integer> statuses = statuses(100);

    long fired = statuses.stream().filter(status -> status == 503).count();
    assertTrue(fired > 20 && fired < 80, "fired " + fired);
    JsonObject rule = sandbox.control("GET", "faults", "").list("rules").getJsonObject(0);
    assertEquals(fired, rule.getLong("fired"));
    assertEquals(100, rule.getInteger("matched"));
  }

  @Test
  void probabilityZero_never() {
    sandbox.faults(BUSY.formatted(", \"probability\": 0")).is(200);

    assertEquals(List.of(200, 200, 200), statuses(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fault\": \"flood\"}|no fault flood; there are [drop, never-answer,",
        "{}|fault is required",
        "{\"fault\": \"drop\", \"delayMs\": 1}|no member delayMs here; there are [fault, match,",
        "{\"fault\": \"delay\", \"status\": 1}|no member status here; there are [fault, match,",
        "{\"fault\": \"delay\", \"effect\": \"soon\"}|effect must be one of [",
        "{\"fault\": \"delay\", \"delayMs\": -1}|delayMs must be an integer from 0 to 600000",
        "{\"fault\": \"late-commit\", \"delayMs\": 45001}|delayMs must be an integer from 0",
        "{\"fault\": \"late-commit\", \"code\": 510}|status is required with code",
        "{\"fault\": \"drop\", \"match\": \"edit\"}|match must be one of [change, assign-plan,",
        "{\"fault\": \"drop\", \"probability\": 1.1}|probability must be a number from 0.0 to 1.0",
        "{\"fault\": \"drop\", \"times\": 0}|times must be an integer from 1",
        "{\"fault\": \"drop\", \"after\": \"1\"}|after must be an integer from 0",
        "{\"fault\": \"status\", \"status\": 100}|status must be an integer from 200 to 599",
        "{\"fault\": \"status\", \"applied\": 1}|applied must be true or false",
        "{\"fault\": \"status\", \"retryAfter\": \"a\\nb\"}|retryAfter must be a number of seconds",
        "{\"fault\": \"redirect\", \"status\": 200}|status must be an integer from 300 to 399",
        "{\"fault\": \"rate-limit\"}|perSecond is required",
        "1|rules must be an array of objects"
      })
  void rulePutWrongly_refusedNamingWhatIsAllowed(String rule, String message) {
    sandbox.faults("{\"fault\": \"drop\", \"match\": \"create-plan\"}").is(200);

    Answer answer = sandbox.faults("{\"fault\": \"drop\"}", rule).is(400);

    assertTrue(answer.json().getString("message").startsWith(message), answer.text());
    assertEquals(1, sandbox.control("GET", "faults", "").list("rules").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|the body is not a JSON object",
        "{}|rules must be an array of objects",
        "{\"rule\": []}|no member rule here; there are [rules]"
      })
  void rulesPutWrongly_refused(String body, String message) {
    Answer answer = sandbox.control("PUT", "faults", body).is(400);

    assertEquals(message, answer.json().getString("message"));
  }

  private List<Integer> statuses(int requests) {
    return IntStream.range(0, requests)
        .mapToObj(each -> sandbox.get("/usage-plans/planopen01").status())
        .toList();
  }
}
