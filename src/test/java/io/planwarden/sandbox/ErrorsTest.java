package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing",
    "PATCH, /usage-plans/planfree01",
    "GET, /usage-plans/",
    "GET, /usage-plans/planfree01/",
    "GET, //usage-plans/planfree01",
    "GET, /usage-plans/search/x"
  })
  void unknownPathOrMethod_notFound(String method, String path) {
    Answer answer = sandbox.signed(method, path, "");

    answer.isError(404, "300");
    assertEquals("Not Found Exception", answer.error().getString("message"));
    assertFalse(answer.error().containsKey("details"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "null", "7", "{\"usagePlanName\":"})
  void bodyNotAJsonObject_badRequest(String body) {
    sandbox.signed("POST", "/usage-plans", body).isError(400, "100");
  }

  @Test
  void bodyTooLarge_refused() {
    sandbox
        .post("/usage-plans", new JsonObject().put("usagePlanName", "x".repeat(1 << 20)))
        .isError(413, "430");
  }

  @Test
  void everyAnswer_hasMarkAndDate() {
    Answer read = sandbox.get("/usage-plans/planfree01").is(200);
    Answer refused = sandbox.send(sandbox.request("GET", "/", "")).is(401);
    Answer control = sandbox.control("GET", "state", "").is(200);

    for (Answer answer : new Answer[] {read, refused, control}) {
      assertEquals("true", answer.header("Planwarden-Sandbox"));
      assertEquals("Sun, 01 Mar 2026 09:00:00 GMT", answer.header("Date"));
      assertEquals("application/json;charset=UTF-8", answer.header("Content-Type"));
    }
  }
}
