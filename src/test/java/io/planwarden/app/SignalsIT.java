package io.planwarden.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.restassured.specification.RequestSpecification;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application as it runs in production: what it logs, and the traces that it sends.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SignalsIT {
  private static final String TOKEN = "pw_canary-of-a-caller-0123456789abcdefghijklmn";
  private static final String ACCESS_KEY = "CANARYACCESSKEY00001";
  private static final String SECRET_KEY = "canarySecretKey00000000000000000000000001";
  private static final String PLAN = "/api/v1/usage-plans/planfree01";
  private static final String CALLERS_SPAN = "00f067aa0ba902b7";
  private static final Pattern DOCUMENTED_KEY = Pattern.compile("`(\\w+)`");

  private final ObjectMapper json = new ObjectMapper();
  private final WireMockServer ncp = server();
  private final WireMockServer collector = server();
  private AppProcess app;
  private URI url;

  private static WireMockServer server() {
    return new WireMockServer(WireMockConfiguration.options().dynamicPort());
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    ncp.start();
    collector.start();
    collector.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
    Path tokens =
        Files.writeString(
            folder.resolve("tokens.json"),
            "{\"tokens\":[{\"caller\":\"billing\",\"sha256\":\"%s\",\"roles\":[\"admin\"]}]}"
                .formatted(sha256(TOKEN)));
    app =
        AppProcess.production(
            Map.ofEntries(
                Map.entry("PLANWARDEN_STORAGE_PATH", folder.resolve("planwarden.db").toString()),
                Map.entry("PLANWARDEN_SECURITY_MODE", "token"),
                Map.entry("PLANWARDEN_SECURITY_TOKEN_FILE", tokens.toString()),
                Map.entry("PLANWARDEN_NCP_BASE_URL", ncp.baseUrl()),
                Map.entry("PLANWARDEN_UPSTREAM_RETRY_BASE", "5ms"),
                Map.entry("NCP_ACCESS_KEY", ACCESS_KEY),
                Map.entry("NCP_SECRET_KEY", SECRET_KEY),
                Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", collector.baseUrl()),
                Map.entry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                Map.entry("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms")));
    url = URI.create(app.url());
  }

  @AfterAll
  void stop() {
    app.close();
    ncp.stop();
    collector.stop();
  }

  @Test
  void trace_goesFromTheCallerThroughEachAttempt_andEndsThere() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    ncp.stubFor(get(urlEqualTo(PLAN)).willReturn(plan(1)));
    ncp.stubFor(
        put(urlEqualTo(PLAN))
            .inScenario("edit")
            .whenScenarioStateIs("Started")
            .willReturn(aResponse().withStatus(503).withBody("{}"))
            .willSetStateTo("up"));
    ncp.stubFor(
        put(urlEqualTo(PLAN)).inScenario("edit").whenScenarioStateIs("up").willReturn(plan(2)));

    caller()
        .header("traceparent", "00-%s-%s-01".formatted(trace, CALLERS_SPAN))
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", 2))
        .put("/v1/usage-plans/planfree01")
        .then()
        .statusCode(200);

    List<Span> spans = Awaitility.await().until(() -> spans(trace), found -> found.size() >= 4);
    Span request =
        spans.stream().filter(s -> s.getKind() == Span.SpanKind.SPAN_KIND_SERVER).findFirst().get();
    assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(CALLERS_SPAN);
    assertThat(request.getName()).isEqualTo("PUT /v1/usage-plans/{usagePlanId}");
    List<Span> attempts =
        spans.stream().filter(s -> s.getKind() == Span.SpanKind.SPAN_KIND_CLIENT).toList();
    assertThat(attempts).hasSize(spans.size() - 1);
    assertThat(attempts).allMatch(s -> s.getParentSpanId().equals(request.getSpanId()));
    assertThat(attempts.stream().map(SignalsIT::told))
        .containsExactlyInAnyOrder(
            "get-plan 1 success 200", "edit-plan 1 server-fault 503", "edit-plan 2 success 200");
    for (LoggedRequest sent :
        ncp.getAllServeEvents().stream()
            .map(e -> LoggedRequest.createFrom(e.getRequest()))
            .toList()) {
      assertThat(sent.getAllHeaderKeys())
          .doesNotContainAnyElementsOf(Set.of("traceparent", "tracestate", "baggage", "b3"));
    }
    String exported = exported();
    assertThat(exported).contains("planwarden.attempt");
    Set<String> secrets = new HashSet<>(Set.of(TOKEN, ACCESS_KEY, SECRET_KEY));
    ncp.getAllServeEvents()
        .forEach(e -> secrets.add(e.getRequest().getHeader("x-ncp-apigw-signature-v2")));
    for (String secret : secrets) {
      assertThat(exported.contains(secret)).as(secret).isFalse();
      assertThat(app.output().contains(secret)).as(secret).isFalse();
    }
    assertThat(events())
        .anyMatch(
            e ->
                e.path("traceId").asText().equals(trace)
                    && e.path("outcome").asText().equals("applied")
                    && e.path("operationId").asText().length() == 26);
  }

  @Test
  void everyRequest_isOneEventOfTheDocumentedKeys_andEveryLineIsJson() throws Exception {
    ncp.stubFor(get(urlEqualTo(PLAN)).willReturn(plan(1)));
    String hostile = "x\",\"forged\":true,\"y\":\"\u2028\u001b[2K";

    caller()
        .header("X-Request-Id", "known/1")
        .get("/v1/usage-plans/planfree01")
        .then()
        .statusCode(200);
    given()
        .baseUri(url.toString())
        .header("X-Request-Id", "stranger/1")
        .get("/v1/usage-plans")
        .then()
        .statusCode(401);
    caller()
        .header("X-Request-Id", hostile.replaceAll("[^ -~]", ""))
        .header("User-Agent", "FORGED\",\"forged\":true")
        .urlEncodingEnabled(false)
        .get(
            "/v1/usage-plans/"
                + encoded("FORGED\n{\"forged\":true}")
                + "?"
                + encoded(hostile)
                + "=1")
        .then()
        .statusCode(400);
    caller().header("X-Request-Id", "method/1").request("FORGED", "/v1/usage-plans");
    caller().header("X-Request-Id", "nowhere/1").get("/FORGED/forged").then().statusCode(404);

    caller()
        .header("X-Request-Id", "change/1")
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", 1))
        .put("/v1/usage-plans/planfree01")
        .then()
        .statusCode(200);

    JsonNode known = event("known/1");
    assertThat(known.path("route").asText()).isEqualTo("/v1/usage-plans/{usagePlanId}");
    assertThat(known.path("status").isInt()).isTrue();
    assertThat(known.path("durationMs").isNumber()).isTrue();
    assertThat(known.path("caller").asText()).isEqualTo("billing");
    assertThat(known.has("code")).isFalse();
    assertThat(event("stranger/1").path("code").asText()).isEqualTo("unauthenticated");
    assertThat(event("stranger/1").has("caller")).isFalse();
    assertThat(event("method/1").path("method").asText()).isEqualTo("other");
    assertThat(event("nowhere/1").has("route")).isFalse();

    assertThat(event("change/1").path("outcome").asText()).isEqualTo("unchanged");

    int rows = 0;
    Set<String> documented = documentedKeys();
    List<String> lines = app.output().lines().toList();
    for (String line : lines) {
      assertThat(line).startsWith("{").endsWith("}");
      JsonNode event = json.readTree(line);
      if (event.path("loggerName").asText().equals("access")) {
        assertThat(documented).containsAll(keys(event));
      } else if (event.has("seq")) {
        rows++;
        assertThat(keys(event)).contains("hash", "phase", "operationId").doesNotContain("message");
      } else {
        assertThat(
                Set.of(
                    "timestamp",
                    "level",
                    "loggerName",
                    "message",
                    "threadName",
                    "mdc",
                    "stackTrace"))
            .containsAll(keys(event));
      }
    }
    assertThat(rows).as("rows of the audit").isPositive();
    assertThat(String.join("\n", lines)).doesNotContainIgnoringCase("forged").doesNotContain(TOKEN);
  }

  @Test
  void callerWhoIsGone_isSaidToBe() throws Exception {
    ncp.stubFor(
        get(urlEqualTo("/api/v1/usage-plans/planslow01"))
            .willReturn(plan(1).withFixedDelay(20_000)));
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              GET /v1/usage-plans/planslow01 HTTP/1.1\r
              Host: localhost\r
              Authorization: Bearer %s\r
              X-Request-Id: gone/1\r
              \r
              """
                  .formatted(TOKEN)
                  .getBytes(StandardCharsets.US_ASCII));
      Awaitility.await()
          .until(
              () ->
                  ncp.getAllServeEvents().stream()
                      .anyMatch(e -> e.getRequest().getUrl().endsWith("planslow01")));
    }

    JsonNode gone = event("gone/1");
    assertThat(gone.path("aborted").asBoolean()).isTrue();
    assertThat(gone.has("status")).isFalse();
  }

  private RequestSpecification caller() {
    return given().baseUri(url.toString()).header("Authorization", "Bearer " + TOKEN);
  }

  private JsonNode event(String requestId) {
    List<JsonNode> found =
        Awaitility.await()
            .until(
                () ->
                    events().stream()
                        .filter(e -> e.path("requestId").asText().equals(requestId))
                        .toList(),
                some -> !some.isEmpty());
    assertThat(found).as(requestId).hasSize(1);
    return found.get(0);
  }

  private List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    String output = app.output();
    output
        .substring(0, output.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.contains("\"loggerName\":\"access\""))
        .forEach(line -> events.add(read(line)));
    return events;
  }

  private JsonNode read(String line) {
    try {
      return json.readTree(line);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(line, e);
    }
  }

  private static Set<String> keys(JsonNode event) {
    Set<String> keys = new TreeSet<>();
    event.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static Set<String> documentedKeys() throws Exception {
    String page = Files.readString(Path.of("docs/logs.md"));
    String section =
        page.substring(page.indexOf("## A request that is over"), page.indexOf("## Other lines"));
    Set<String> keys = new HashSet<>();
    section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .forEach(
            cell -> DOCUMENTED_KEY.matcher(cell).results().forEach(key -> keys.add(key.group(1))));
    return keys;
  }

  private List<Span> spans(String trace) {
    List<Span> spans = new ArrayList<>();
    for (LoggedRequest sent : collector.findAll(postRequestedFor(urlEqualTo("/v1/traces")))) {
      try {
        ExportTraceServiceRequest.parseFrom(sent.getBody()).getResourceSpansList().stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .flatMap(scope -> scope.getSpansList().stream())
            .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
            .forEach(spans::add);
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
    return spans;
  }

  private String exported() {
    StringBuilder all = new StringBuilder();
    collector
        .findAll(postRequestedFor(urlEqualTo("/v1/traces")))
        .forEach(sent -> all.append(new String(sent.getBody(), StandardCharsets.ISO_8859_1)));
    return all.toString();
  }

  /** Name, number, result and status of an attempt. */
  private static String told(Span span) {
    Map<String, String> attributes = new java.util.HashMap<>();
    span.getAttributesList()
        .forEach(
            a ->
                attributes.put(
                    a.getKey(),
                    a.getValue().hasIntValue()
                        ? String.valueOf(a.getValue().getIntValue())
                        : a.getValue().getStringValue()));
    return String.join(
        " ",
        span.getName(),
        attributes.get("planwarden.attempt"),
        attributes.get("planwarden.result"),
        attributes.get("http.response.status_code"));
  }

  private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder plan(int rate) {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "application/json")
        .withBody(
            "{\"usagePlan\":{\"usagePlanId\":\"planfree01\",\"usagePlanName\":\"Free\",\"rateRps\":%d}}"
                .formatted(rate));
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String sha256(String text) throws Exception {
    return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
