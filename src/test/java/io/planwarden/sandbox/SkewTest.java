package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkewTest {

  private static final String PLAN = "/usage-plans/planopen01";

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource({
    "300001, 'Sun, 01 Mar 2026 09:05:00 GMT'",
    "-300001, 'Sun, 01 Mar 2026 08:54:59 GMT'"
  })
  void moreThanFiveMinutes_refusedAndDateTells(long skew, String date) {
    put(skew);

    Answer answer = sandbox.delete(PLAN);

    answer.isError(401, "200");
    assertEquals(date, answer.header("Date"));
    assertEquals(0, sandbox.ledger().size());
  }

  @Test
  void callerAsFarAhead_accepted() {
    put(600_000);

    sandbox.signedAhead(Duration.ofMinutes(10), "GET", PLAN).is(200);
  }

  @Test
  void takenBack_accepted() {
    put(600_000);
    sandbox.get(PLAN).is(401);

    put(0);

    sandbox.get(PLAN).is(200);
  }

  @Test
  void fiveMinutes_acceptedAndRowsAtTheTrueTime() {
    put(300_000);

    sandbox.delete(PLAN).is(204);

    assertEquals("2026-03-01T09:00:00.000Z", sandbox.onlyRow().getString("at"));
    assertEquals("2026-03-01T09:00:00.000Z", sandbox.lastCall().getString("at"));
    assertEquals("{\"skewMs\":300000}", sandbox.control("GET", "clock", "").is(200).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"skewMs\": \"1\"}", "{\"skewMs\": 1, \"zone\": \"KST\"}", "[]"})
  void putWrongly_refused(String body) {
    sandbox.control("PUT", "clock", body).is(400);
  }

  private void put(long skew) {
    sandbox.control("PUT", "clock", "{\"skewMs\": %d}".formatted(skew)).is(200);
  }
}
