package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void calls_everyRequestWithItsStatus() {
    sandbox.get("/usage-plans?stageId=wfcstprod1").is(200);
    sandbox.send(sandbox.request("DELETE", "/api/v1/usage-plans/planfree01", "")).is(401);
    sandbox.control("GET", "state", "").is(200);

    JsonObject calls = sandbox.control("GET", "calls", "").is(200).json();

    assertEquals(2, calls.getInteger("total"));
    assertEquals(
        new JsonObject(
            """
            {"seq": 1, "at": "2026-03-01T09:00:00.000Z", "method": "GET",
             "target": "/api/v1/usage-plans?stageId=wfcstprod1", "authenticated": true,
             "status": 200}"""),
        calls.getJsonArray("calls").getJsonObject(0));
    JsonObject refused = calls.getJsonArray("calls").getJsonObject(1);
    assertFalse(refused.getBoolean("authenticated"));
    assertEquals(401, refused.getInteger("status"));
  }

  @Test
  void callsWithLimit_latestOnes() {
    sandbox.get("/products").is(200);
    sandbox.get("/usage-plans/planfree01").is(200);

    JsonObject calls = sandbox.control("GET", "calls?limit=1", "").is(200).json();

    assertEquals(2, calls.getInteger("total"));
    assertEquals(
        "/api/v1/usage-plans/planfree01",
        calls.getJsonArray("calls").getJsonObject(0).getString("target"));
  }

  @Test
  void callsAfterSequenceNumber_laterOnesUpToTheLimit() {
    sandbox.get("/products").is(200);
    sandbox.get("/usage-plans/planfree01").is(200);
    sandbox.get("/usage-plans/plangold01").is(200);

    JsonObject calls = sandbox.control("GET", "calls?after=1&limit=1", "").is(200).json();

    assertEquals(3, calls.getInteger("total"));
    assertEquals(1, calls.getJsonArray("calls").size());
    assertEquals(2, calls.getJsonArray("calls").getJsonObject(0).getInteger("seq"));
    assertEquals(2, sandbox.control("GET", "calls?after=1", "").list("calls").size());
    assertEquals(0, sandbox.control("GET", "calls?after=3", "").list("calls").size());
  }

  @Test
  void callRate_controlPathsNotCounted() {
    assertEquals(new JsonObject().put("maxPerSecond", 0), rate());
    sandbox.get("/products").is(200);

    assertEquals(new JsonObject().put("maxPerSecond", 1), rate());
    sandbox.control("POST", "reset", "").is(204);
    assertEquals(new JsonObject().put("maxPerSecond", 0), rate());
  }

  private JsonObject rate() {
    return sandbox.control("GET", "calls/rate", "").is(200).json();
  }

  @Test
  void switches_readableWithDefaults() {
    assertEquals(
        new JsonObject(
            """
            {"omittedMembers": "clear", "nullClears": "yes", "repeatedAttach": "ok",
             "repeatedDetach": "ok", "deleteAttached": "refuse", "detachWithKeys": "allow",
             "duplicateNames": "allow", "nameFilter": "substring", "nameFilterCase": "sensitive",
             "listLimitMax": 100, "listLimitDefault": 20, "offsetBeyondEnd": "empty",
             "readAfterWriteDelay": 0, "stagesSearch": "attached", "assignNothing": "refuse",
             "countersOnChange": "keep", "relationIds": "given", "relationRows": "all",
             "defaultCondition": "unset",
             "successStatus": "documented", "errorCodeType": "string"}"""),
        sandbox.control("GET", "switches", "").is(200).json());
  }

  @Test
  void switchesPut_mergedIntoTheOthers() {
    sandbox.set("nameFilter", "exact");

    JsonObject answer = sandbox.control("PUT", "switches", "{\"listLimitMax\": 5}").is(200).json();

    assertEquals("exact", answer.getString("nameFilter"));
    assertEquals(5, answer.getInteger("listLimitMax"));
    assertEquals(answer, sandbox.control("GET", "switches", "").json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"noSwitch\": 1}|no switch noSwitch; there are [omittedMembers",
        "{\"nameFilter\": \"fuzzy\"}|nameFilter must be one of [exact, substring]",
        "{\"nameFilter\": null}|nameFilter must be one of [exact, substring]",
        "{\"listLimitMax\": 0}|listLimitMax must be an integer from 1 to 100000",
        "{\"listLimitMax\": \"5\"}|listLimitMax must be an integer from 1 to 100000",
        "[]|the body is not a JSON object"
      })
  void switchesPutWrongly_refusedNamingWhatIsAllowed(String body, String message) {
    Answer answer = sandbox.control("PUT", "switches", body).is(400);

    assertTrue(answer.json().getString("message").startsWith(message), answer.text());
  }

  @Test
  void switchesPutPartlyWrong_noneSet() {
    sandbox.control("PUT", "switches", "{\"nameFilter\": \"exact\", \"x\": 1}").is(400);

    assertEquals(
        "substring", sandbox.control("GET", "switches", "").json().getString("nameFilter"));
  }

  @Test
  void reset_everythingAsSeeded() {
    String seeded = sandbox.control("GET", "state", "").text();
    sandbox.create("one");
    sandbox.set("nameFilter", "exact");
    sandbox.faults("{\"fault\": \"drop\"}").is(200);
    sandbox.control("PUT", "keys", "{\"keys\": []}").is(200);
    sandbox.control("PUT", "clock", "{\"skewMs\": 600000}").is(200);

    sandbox.control("POST", "reset", "").is(204);

    assertEquals(seeded, sandbox.control("GET", "state", "").text());
    assertEquals(0, sandbox.ledger().size());
    assertEquals(0, sandbox.control("GET", "calls", "").json().getInteger("total"));
    assertEquals(
        "substring", sandbox.control("GET", "switches", "").json().getString("nameFilter"));
    assertEquals("{\"rules\":[]}", sandbox.control("GET", "faults", "").text());
    assertEquals("{\"skewMs\":0}", sandbox.control("GET", "clock", "").text());
    sandbox.get("/products").is(200);
  }

  @Test
  void planCreatedAfterReset_idNotUsedAgain() {
    String before = sandbox.create("one");
    sandbox.control("POST", "reset", "").is(204);

    assertFalse(sandbox.create("one").equals(before));
  }

  @Test
  void state_whileReadsAreHeldBack_isTheTruth() {
    sandbox.set("readAfterWriteDelay", 5000);
    String created = sandbox.create("one");

    assertTrue(sandbox.control("GET", "state", "").text().contains(created));
  }

  @Test
  void state_noKeySecrets() {
    String state = sandbox.control("GET", "state", "").is(200).text();

    assertTrue(state.contains("keyacme001"));
    assertFalse(state.contains("sandbox-primary-"));
    assertFalse(state.contains("sandbox-secondary-"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, reset",
    "POST, ledger",
    "GET, nothing",
    "DELETE, switches",
    "POST, faults",
    "DELETE, keys"
  })
  void noSuchControlPath_notFound(String method, String path) {
    sandbox.control(method, path, "").is(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger?after=x", "ledger?after=-1", "calls?limit=1.5", "calls?after=-1"})
  void badParameter_refused(String path) {
    sandbox.control("GET", path, "").is(400);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-origin, 204",
    "Sec-Fetch-Site, none, 204",
    "Origin, https://example.com, 403",
    "Origin, null, 403",
    "Origin, http://localhost.example.com, 403",
    "Origin, http://localhost:8080, 204",
    "Origin, http://[::1]:8080, 204"
  })
  void askedByAPage_loopbackPagesOnly(String header, String value, int status) {
    sandbox.send(sandbox.request("POST", "/sandbox/reset", "").header(header, value)).is(status);
  }

  @Test
  void askedByANameThatPointsHere_refused() throws Exception {
    URI url = URI.create(sandbox.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String request = "GET /sandbox/state HTTP/1.1\r\nHost: rebound.example.com\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));

      String status =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();

      assertEquals("HTTP/1.1 403 Forbidden", status);
    }
  }

  @Test
  void refusedPage_nothingReset() {
    sandbox.create("one");

    sandbox
        .send(sandbox.request("POST", "/sandbox/reset", "").header("Origin", "https://example.com"))
        .is(403);

    assertEquals(1, sandbox.ledger().size());
  }
}
