package io.planwarden.security;

import static io.planwarden.security.TokenProfile.ADMIN;
import static io.planwarden.security.TokenProfile.AUDITOR;
import static io.planwarden.security.TokenProfile.EDITOR;
import static io.planwarden.security.TokenProfile.READER;
import static io.planwarden.security.TokenProfile.WEATHER;
import static io.planwarden.security.TokenProfile.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.app.CapturedLog;
import io.planwarden.app.OtherAddress;
import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers with tokens of the file. */
@QuarkusTest
@TestProfile(TokenProfile.class)
class TokenTest {
  @Inject SandboxClient sandbox;
  @Inject Tokens tokens;
  @Inject Denials denials;
  @Inject MeterRegistry meters;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @BeforeEach
  void reset() {
    TokenProfile.write(TokenProfile.content());
    tokens.refresh();
  }

  @Test
  void change_isOnRecordUnderTheCallerWithoutWhatItMayDo() {
    String operation = edit(EDITOR).header("Operation-Id");

    Map<String, Object> caller =
        as(EDITOR)
            .get("/v1/operations/" + operation)
            .then()
            .statusCode(200)
            .extract()
            .path("caller");
    assertThat(caller)
        .containsOnly(
            Map.entry("id", "the-editor"),
            Map.entry("kind", "token"),
            Map.entry("verified", true),
            Map.entry("address", "127.0.0.1"));
    assertThat(as(AUDITOR).get("/v1/audit").<Map<String, Object>>path("items[0].caller"))
        .isEqualTo(caller);
  }

  /** The platform's own makes the REST layer look the path up a second time. */
  @Test
  void laterFailures_areNotHandledByThePlatform() {
    as(READER).get("/probe/failure-handler").then().body(containsString("io.planwarden."));
  }

  @Test
  void idempotencyKey_isItsCallersOwn() {
    String key = UUID.randomUUID().toString();
    Response one = create(EDITOR, key, "One");
    Response two = create(ADMIN, key, "Two");
    one.then().statusCode(201);
    two.then().statusCode(201).header("Idempotency-Replayed", nullValue());
    create(EDITOR, key, "Two").then().statusCode(422);

    String first = one.header("Operation-Id");
    assertThat(found(EDITOR, key)).containsExactly(first);
    assertThat(found(AUDITOR, key)).containsExactly(two.header("Operation-Id"), first);
    assertThat(found(READER, key)).isEmpty();
  }

  private static Response create(String token, String key, String name) {
    return as(token)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("usagePlanName", name))
        .post("/v1/usage-plans");
  }

  private static List<String> found(String token, String key) {
    return as(token)
        .queryParam("idempotencyKey", key)
        .get("/v1/operations")
        .then()
        .statusCode(200)
        .extract()
        .path("items.operationId");
  }

  @Test
  void operation_isForItsCallerAndForAuditors() {
    String operation = "/v1/operations/" + edit(EDITOR).header("Operation-Id");

    as(AUDITOR).get(operation).then().statusCode(200);
    as(ADMIN).get(operation).then().statusCode(200);
    String others = as(READER).get(operation).then().statusCode(404).extract().asString();
    String absent =
        as(READER).get("/v1/operations/01JZZZZZZZZZZZZZZZZZZZZZZZ").then().extract().asString();
    assertThat(others.replaceAll("[0-9A-Z]{26}", ""))
        .isEqualTo(absent.replaceAll("[0-9A-Z]{26}", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer pw_unknown",
        "Bearer 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Basic dGhlLWVkaXRvcjpwdw==",
        "pw_canary-of-the-editor-0123456789abcdefghijkl"
      })
  void whatIsNoTokenOfTheFile_isRefused(String header) {
    given()
        .header("Authorization", header)
        .get("/v1/usage-plans")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("Bearer realm=\"planwarden\""))
        .header("X-Request-Id", containsString(""))
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void hashOfAToken_isNoToken() {
    as(TokenHash.of(ADMIN).hex()).get("/v1/usage-plans").then().statusCode(401);
  }

  @Test
  void openPages_needNoToken() {
    for (String path :
        List.of("/problems", "/problems/forbidden", "/q/openapi", "/q/swagger-ui/")) {
      given().get(path).then().statusCode(200);
    }
    given().port(managementPort).get("/q/health/ready").then().statusCode(200);
  }

  /** The body is held back; whoever may not call is not asked for it. */
  @Test
  void unknownCaller_isRefusedBeforeTheBodyIsRead() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("POST /v1/usage-plans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                      + "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 401".length());
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  /** The body never comes, and nobody waits for it. */
  @ParameterizedTest
  @CsvSource({"/nothing, 404", "/problems, 405", "/v1, 401", "/q/openapi, 200"})
  void bodyThatNothingReads_isNotWaitedFor(String path, int status) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("\r\nConnection: close\r\n");
    }
  }

  @Test
  void changedFile_isReadAgain() {
    as("pw_new").get("/v1/usage-plans").then().statusCode(401);

    TokenProfile.write(
        "{\"tokens\":[" + TokenProfile.entry("newcomer", "pw_new", "reader", null) + "]}");
    tokens.refresh();

    as("pw_new").get("/v1/usage-plans").then().statusCode(200);
    as(ADMIN).get("/v1/usage-plans").then().statusCode(401);
  }

  @Test
  void brokenFile_leavesTheLastGoodOneInUseAndIsShown() {
    TokenProfile.write("{\"tokens\":[{\"caller\":\"x\"}]}");
    tokens.refresh();

    as(ADMIN).get("/v1/usage-plans").then().statusCode(200);
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.data.tokenFile", hasItem(containsString("tokens[0] must have caller")));

    TokenProfile.write(TokenProfile.content());
    tokens.refresh();
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'callers' }.data.tokenFile", nullValue())
        .body("checks.find { it.name == 'callers' }.data.tokens", equalTo(6));
  }

  @Test
  void manyRefusals_areOneRowWithACount() {
    denials.tellTheRest(null);
    long before = denied().size();
    for (int i = 0; i < 5; i++) {
      as(READER)
          .contentType("application/json")
          .body(Map.of("usagePlanName", "N"))
          .post("/v1/usage-plans")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
    }
    assertThat(denied()).hasSize((int) before + 1);

    denials.tellTheRest(null);

    List<Map<String, Object>> rows = denied();
    assertThat(rows).hasSize((int) before + 2);
    assertThat(rows.get(0))
        .containsEntry("outcome", "refused")
        .containsEntry("action", "createUsagePlan")
        .containsEntry("request", Map.of("times", 4));
    assertThat(rows.get(1)).containsEntry("request", Map.of("times", 1));
  }

  /** What is on record. Rows have one writer: those told before an edit are there after it. */
  private static List<Map<String, Object>> denied() {
    edit(EDITOR).then().statusCode(200);
    return as(AUDITOR)
        .get("/v1/audit?action=createUsagePlan&outcome=refused&limit=200")
        .jsonPath()
        .getList("items");
  }

  @Test
  void strangers_areCountedAndLoggedOnceForAnAddress() throws UnknownHostException {
    double before = unauthenticated();
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 1; i <= 2; i++) {
        OtherAddress.from("127.0.0.3")
            .header("Authorization", "Bearer pw_unknown")
            .get("/v1/usage-plans")
            .then()
            .statusCode(401);
        assertThat(unauthenticated() - before).isEqualTo(i);
      }
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("unauthenticated "))
          .containsExactly("unauthenticated address=127.0.0.3 token=invalid times=1");
    }
  }

  /** The counter is there from the first one on. */
  private double unauthenticated() {
    Counter counter =
        meters.find("planwarden.security.unauthenticated").tag("token", "invalid").counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void tokens_showUpNowhere() {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler listener = listener(said);
    Logger root = Logger.getLogger("");
    Logger ours = Logger.getLogger("io.planwarden");
    root.addHandler(listener);
    Level level = ours.getLevel();
    ours.setLevel(Level.ALL);
    try {
      said.add(edit(EDITOR).asString());
      said.add(as(READER).post("/v1/usage-plans").asString());
      said.add(as(WEATHER).get("/v1/usage-plans/planfree01").asString());
      said.add(as("canary-unknown").get("/v1/usage-plans").asString());
      said.add(as(EDITOR).get("/v1/canary").asString());
      said.add(given().header("Authorization", "canary").get("/v1/usage-plans").asString());
      TokenProfile.write("{\"tokens\":[\"" + ADMIN + "\"]}");
      tokens.refresh();
      TokenProfile.write("{\"tokens\":[{\"sha256\":" + ADMIN + "}]}");
      tokens.refresh();
      said.add(as(AUDITOR).get("/v1/audit").asString());
      for (String path : List.of("/q/health", "/q/metrics")) {
        said.add(given().port(managementPort).get(path).asString());
      }
      for (String path : List.of("/q/openapi", "/q/swagger-ui/", "/problems")) {
        said.add(given().get(path).asString());
      }
      said.add(tokens.toString());
      said.add(tokens.find(EDITOR).orElseThrow().toString());
    } finally {
      root.removeHandler(listener);
      ours.setLevel(level);
    }
    assertThat(said).anyMatch(text -> text.contains("token file"));
    assertThat(String.join("\n", said)).doesNotContain("pw_canary", "canary-unknown");
  }

  private static Handler listener(List<String> said) {
    PatternFormatter formatter = new PatternFormatter("%c %s%e%X");
    return new Handler() {
      @Override
      public void publish(LogRecord message) {
        said.add(formatter.format(org.jboss.logmanager.ExtLogRecord.wrap(message)));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Response edit(String token) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", 6))
        .put("/v1/usage-plans/planfree01");
  }
}
