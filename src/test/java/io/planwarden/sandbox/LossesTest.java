package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planwarden.sandbox.RawAnswer.Ending;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource({
    "drop, CLOSED, 0",
    "reset-before-effect, RESET, 0",
    "reset-after-effect, RESET, 1",
    "never-answer, STILL_OPEN, 0",
    "never-answer-applied, STILL_OPEN, 1"
  })
  void noAnswer_effectAsTheFaultSays(String fault, Ending ending, int rows) {
    sandbox.faults("{\"fault\": \"%s\"}".formatted(fault)).is(200);

    RawAnswer answer = edit();

    assertEquals(new RawAnswer("", ending), answer);
    assertEquals(rows, sandbox.ledger().size());
    sandbox.ledger().forEach(row -> assertEquals(fault, ((JsonObject) row).getString("fault")));
    assertEquals(rows == 1 ? "Ajar" : "Open", nameNow());
    assertFalse(sandbox.lastCall().containsKey("status"));
  }

  @Test
  void resetInHeaders_partOfTheHeadAndEffect() {
    sandbox.faults("{\"fault\": \"reset-in-headers\"}").is(200);

    RawAnswer answer = edit();

    assertTrue(answer.text().startsWith("HTTP/1.1 200 OK\r\n"), answer.text());
    assertFalse(answer.headIsWhole());
    assertEquals(Ending.CLOSED, answer.ending());
    assertEquals("reset-in-headers", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void resetInBody_halfTheBodyAndEffect() {
    sandbox.faults("{\"fault\": \"reset-in-body\"}").is(200);

    RawAnswer answer = edit();

    assertEquals(answer.contentLength() / 2, answer.body().length());
    assertTrue(answer.body().startsWith("{\"usagePlan\":"), answer.text());
    assertEquals(Ending.CLOSED, answer.ending());
    assertEquals("reset-in-body", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void resetInBodyOfAnAnswerWithoutOne_breaksInTheHead() {
    sandbox.faults("{\"fault\": \"reset-in-body\"}").is(200);

    RawAnswer answer = sandbox.raw("DELETE", "/usage-plans/planopen01", "");

    assertTrue(answer.text().startsWith("HTTP/1.1 204 No Content\r\n"), answer.text());
    assertFalse(answer.headIsWhole());
    assertEquals("delete-plan", sandbox.onlyRow().getString("kind"));
  }

  @Test
  void refusedRequestReset_noRow() {
    sandbox.faults("{\"fault\": \"reset-after-effect\"}").is(200);

    assertEquals(Ending.RESET, sandbox.raw("DELETE", "/usage-plans/planfree01", "").ending());

    assertEquals(0, sandbox.ledger().size());
  }

  private RawAnswer edit() {
    RawAnswer answer =
        sandbox.raw("PUT", "/usage-plans/planopen01", "{\"usagePlanName\": \"Ajar\"}");
    assertTrue(sandbox.lastCall().containsKey("fault"));
    return answer;
  }

  private String nameNow() {
    return sandbox.control("GET", "state", "").list("usagePlans").stream()
        .map(JsonObject.class::cast)
        .filter(plan -> plan.getString("usagePlanId").equals("planopen01"))
        .map(plan -> plan.getString("usagePlanName"))
        .findFirst()
        .orElseThrow();
  }
}
