package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application at its most talkative, with secrets that can be looked for and callers
 * who write what they should not: no secret comes out anywhere, and no caller's text begins a line
 * or a field.
 */
class CanariesIT {
  private static final String CALLERS_TOKEN = "pw_canary-of-a-caller-0123456789abcdefghijklmn";
  private static final String UNKNOWN_TOKEN = "pw_canary-of-a-stranger-0123456789abcdefghijkl";
  private static final String BASIC = "Y2FuYXJ5OmNhbmFyeS1wYXNzd29yZA==";
  private static final List<String> SECRETS =
      List.of(
          "sandboxSecretKey",
          "sandboxAccessKey",
          "sandbox-primary-",
          "sandbox-secondary-",
          CALLERS_TOKEN,
          UNKNOWN_TOKEN,
          BASIC);
  private static final List<String> HOSTILE =
      List.of(
          "x\nFORGED",
          "x\r\nFORGED: yes",
          "x\rFORGED",
          "x\u2028FORGED",
          "x\u2029FORGED",
          "x\u0085FORGED",
          "x\u000bFORGED",
          "x\fFORGED",
          "\u001b[2K\u001b[1GFORGED",
          "\u009b2KFORGED",
          "x\",\"forged\":true,\"outcome\":\"applied\",\"y\":\"",
          "x\\\",\"forged\":true}\n{\"forged\":true}",
          "x\"} 1\nforged_total{a=\"",
          "${jndi:ldap://127.0.0.1/x}%n%s{}");
  private static final Pattern ANY_LINE_END =
      Pattern.compile("[\\n\\r\\u000b\\f\\u0085\\u2028\\u2029]");

  private final ObjectMapper json = new ObjectMapper();
  private final StringBuilder answers = new StringBuilder();
  @TempDir Path folder;
  private AppProcess sandboxProcess;
  private SandboxClient sandbox;
  private AppProcess app;
  private String url;
  private String management;

  @BeforeEach
  void start() throws Exception {
    sandboxProcess = AppProcess.command("sandbox", "--port", "0");
    sandbox = new SandboxClient(URI.create(sandboxProcess.sandboxUrl()));
    Path tokens = folder.resolve("tokens.json");
    Files.writeString(
        tokens,
        "{\"tokens\":[{\"caller\":\"billing\",\"sha256\":\"%s\",\"roles\":[\"admin\"]}]}"
            .formatted(sha256(CALLERS_TOKEN)));
    Map<String, String> settings = new HashMap<>();
    settings.put("PLANWARDEN_STORAGE_PATH", store().toString());
    settings.put("PLANWARDEN_NCP_BASE_URL", sandboxProcess.sandboxUrl());
    settings.put("NCP_ACCESS_KEY", "sandboxAccessKey0001");
    settings.put("NCP_SECRET_KEY", "sandboxSecretKey0000000000000000000000001");
    settings.put("PLANWARDEN_SECURITY_MODE", "token");
    settings.put("PLANWARDEN_SECURITY_TOKEN_FILE", tokens.toString());
    settings.put("PLANWARDEN_RATELIMIT_CHANGES", "0");
    settings.put("PLANWARDEN_UPSTREAM_RATE", "0");
    settings.put("PLANWARDEN_NCP_ATTEMPT_TIMEOUT", "1s");
    settings.put("PLANWARDEN_CHANGE_SETTLE_WAIT", "200ms");
    settings.put("QUARKUS_LOG_LEVEL", "DEBUG");
    app = AppProcess.service(settings);
    url = app.url();
    management = app.managementUrl();
  }

  @AfterEach
  void stop() {
    app.close();
    sandboxProcess.close();
  }

  @Test
  void secrets_comeOutNowhere() throws Exception {
    readEverything();
    changeEverything("for a reason");
    meetTrouble();
    given().header("Authorization", "Bearer " + UNKNOWN_TOKEN).get(url + "/v1/usage-plans");
    keep(given().header("Authorization", "Bearer " + UNKNOWN_TOKEN).get(url + "/v1/audit"));
    keep(given().header("Authorization", "Basic " + BASIC).get(url + "/v1/usage-plans"));

    String everything = everything();

    assertThat(everything).contains("upstream-credentials-rejected", "unauthenticated", "billing");
    for (String secret : SECRETS) {
      assertThat(everything.contains(secret)).as(secret).isFalse();
    }
  }

  @Test
  void textOfCallers_breaksNoLineAndForgesNoField() throws Exception {
    List<String> reasons = new ArrayList<>();
    for (String text : HOSTILE) {
      if (changeEverything(text)) {
        reasons.add(text);
      }
      String encoded = encoded(text);
      for (String path :
          List.of(
              "/v1/usage-plans/" + encoded,
              "/v1/usage-plans?usagePlanName=" + encoded,
              "/v1/stages/" + encoded,
              "/v1/audit?" + encoded + "=" + encoded)) {
        keep(caller().urlEncodingEnabled(false).get(url + path));
      }
    }
    assertThat(reasons)
        .as("texts that were taken as a reason")
        .isNotEmpty()
        .noneMatch(text -> text.chars().anyMatch(Character::isISOControl));

    List<JsonNode> exported = exported();
    String metrics = given().get(management + "/q/metrics").asString();
    String health = given().get(management + "/q/health").asString();
    for (String line : ANY_LINE_END.split(app.output() + "\n" + metrics + "\n" + health)) {
      assertThat(line).doesNotStartWith("FORGED").doesNotStartWith("forged");
      assertThat(line).doesNotContain("\u001b", "\u009b");
    }
    // An answer is JSON, where the other separators are plain text.
    for (String line : answers.toString().split("[\r\n]")) {
      assertThat(line).doesNotStartWith("FORGED").doesNotStartWith("forged");
      assertThat(line).doesNotContain("\u001b");
    }
    assertThat(rowsInTheLog())
        .as("the copy is one line for each row")
        .containsExactlyElementsOf(exported);
    assertThat(exported).extracting(row -> row.path("reason").asText()).containsAll(reasons);
    assertThat(exported).noneMatch(row -> row.has("forged") || row.path("target").has("forged"));
  }

  private void readEverything() {
    for (String path :
        List.of(
            "/v1/usage-plans",
            "/v1/usage-plans/planfree01",
            "/v1/usage-plans/planfree01/stages",
            "/v1/products",
            "/v1/products/weather001/api-keys",
            "/v1/products/maps000001/api-keys",
            "/v1/products/weather001/apis",
            "/v1/stages",
            "/v1/stages/wfcstprod1/usage-plans",
            "/v1/stages/wfcstprod1/default-limits",
            "/v1/stages/wfcstprod1/api-keys/keyacme001/usage-plan",
            "/v1/stages/wfcstprod1/api-keys/keynone001/usage-plan",
            "/v1/usage-plans/nosuchplan")) {
      keep(caller().get(url + path));
    }
  }

  /** True if a change with this reason and this description was made. */
  private boolean changeEverything(String text) {
    String name = "Canary " + Integer.toHexString(text.hashCode());
    Response made = change(text, Map.of("usagePlanName", name)).post(url + "/v1/usage-plans");
    keep(made);
    keep(change(text, Map.of("usagePlanName", text)).post(url + "/v1/usage-plans"));
    if (made.statusCode() != 201) {
      return false;
    }
    String plan = url + "/v1/usage-plans/" + made.jsonPath().getString("usagePlanId");
    keep(change(text, Map.of("usagePlanName", name, "usagePlanDescription", text)).put(plan));
    String stage = url + "/v1/stages/weather001:forecast01:wfcstbeta1";
    String attachment = stage + plan.substring(plan.indexOf("/usage-plans/"));
    keep(change(text, null).put(attachment));
    keep(
        change(text, Map.of("usagePlanId", made.jsonPath().getString("usagePlanId")))
            .put(stage + "/api-keys/keyacme001/usage-plan"));
    keep(change(text, null).delete(attachment));
    keep(change(text, Map.of("rateRps", 5)).put(stage + "/default-limits"));
    keep(change(text, Map.of(text, 5)).put(stage + "/default-limits"));
    keep(change(text, null).delete(plan));
    return true;
  }

  private void meetTrouble() {
    for (Map<String, Object> fault :
        List.<Map<String, Object>>of(
            Map.of("fault", "reset-after-effect", "times", 2),
            Map.of("fault", "status", "status", 500, "html", true, "times", 4),
            Map.of("fault", "truncated", "times", 2),
            Map.of("fault", "never-answer", "times", 1))) {
      sandbox.misbehave(List.of(fault));
      keep(caller().get(url + "/v1/products/weather001/api-keys"));
      keep(
          change("trouble", Map.of("usagePlanName", "Free", "rateRps", 5))
              .put(url + "/v1/usage-plans/planfree01"));
    }
    sandbox.misbehave(List.of());
    sandbox.accept(Map.of("other", "pair"));
    keep(caller().get(url + "/v1/usage-plans"));
    keep(change("refused", Map.of("usagePlanName", "N")).post(url + "/v1/usage-plans"));
  }

  private static RequestSpecification caller() {
    return given().header("Authorization", "Bearer " + CALLERS_TOKEN);
  }

  private static RequestSpecification change(String reason, Map<String, ?> body) {
    RequestSpecification request = caller().header("X-Change-Reason", encoded(reason));
    return body == null ? request : request.contentType("application/json").body(body);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void keep(Response answer) {
    answers.append(answer.headers()).append('\n').append(answer.asString()).append('\n');
  }

  /** Whatever came out: answers, log, metrics, health, the audit in every form, the store. */
  private String everything() throws Exception {
    for (String path : List.of("/q/metrics", "/q/health", "/q/info")) {
      keep(given().get(management + path));
    }
    for (String path : List.of("/v1/audit", "/v1/audit/export", "/v1/audit/verify")) {
      keep(caller().get(url + path));
    }
    StringBuilder everything = new StringBuilder(answers).append(app.output());
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> !f.toString().endsWith("tokens.json")).toList()) {
        everything.append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return everything.toString();
  }

  private List<JsonNode> exported() throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : caller().get(url + "/v1/audit/export").asString().split("\n")) {
      rows.add(json.readTree(line));
    }
    return rows;
  }

  private List<JsonNode> rowsInTheLog() throws Exception {
    int wanted = exported().size();
    Awaitility.await().until(() -> copies().size() >= wanted);
    List<JsonNode> rows = new ArrayList<>();
    for (String line : copies()) {
      rows.add(json.readTree(line));
    }
    return rows;
  }

  private List<String> copies() {
    return app.output().lines().filter(line -> line.startsWith("{")).toList();
  }

  private Path store() {
    return folder.resolve("planwarden.db");
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
