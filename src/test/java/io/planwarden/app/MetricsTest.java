package io.planwarden.app;

import static io.planwarden.security.TokenProfile.ADMIN;
import static io.planwarden.security.TokenProfile.AUDITOR;
import static io.planwarden.security.TokenProfile.READER;
import static io.planwarden.security.TokenProfile.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.api.trace.Tracer;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.FailureClass;
import io.planwarden.security.TokenProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents, alert rules and dashboard name the metrics that the running application has. */
@QuarkusTest
@TestProfile(TokenProfile.class)
class MetricsTest {
  private static final Path DEPLOY = Path.of("deploy/observability");
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(?<name>planwarden\\.[a-z.]+)` \\|.*\\|(?<tags>[^|]*)\\|$");
  // Prometheus' own, and what scraping adds to every series.
  private static final Set<String> OF_PROMETHEUS = Set.of("up");
  private static final Set<String> OF_SCRAPING = Set.of("job", "instance");

  @Inject SandboxProcess process;
  @Inject MeterRegistry meters;
  @Inject Tracer tracer;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  private SandboxClient sandbox;
  private volatile byte[] garbage;

  @BeforeEach
  void walk() {
    sandbox = new SandboxClient(process.origin());
    sandbox.reset();
    sandbox.misbehave(
        List.of(Map.of("fault", "status", "match", "read", "times", 1, "status", 503)));
    as(READER).get("/v1/usage-plans").then().statusCode(200);
    String plan = create("Metered", 201).extract().jsonPath().getString("usagePlanId");
    create("Metered", 409);
    as(ADMIN)
        .put("/v1/stages/weather001:forecast01:wfcstprod1/usage-plans/" + plan)
        .then()
        .statusCode(200);
    as(READER).delete("/v1/usage-plans/" + plan).then().statusCode(403);
    given().get("/v1/usage-plans").then().statusCode(401);
    Awaitility.await().until(this::wasCollected);
  }

  /** Whether there are metrics of the collector, for which new objects are made until it is due. */
  private boolean wasCollected() {
    for (int mib = 0; mib < 100; mib++) {
      garbage = new byte[1 << 20];
    }
    return meters.find("jvm.gc.pause").timer() != null;
  }

  private static ValidatableResponse create(String name, int status) {
    return as(ADMIN)
        .contentType("application/json")
        .body(Map.of("usagePlanName", name, "rateRps", 2))
        .post("/v1/usage-plans")
        .then()
        .statusCode(status);
  }

  @Test
  void changesAreCounted_byActionAndOutcome() {
    double applied = changes("create-plan", "applied");
    double refused = changes("create-plan", "refused");

    create("Counted", 201);
    create("Counted", 409);

    assertThat(changes("create-plan", "applied")).isEqualTo(applied + 1);
    assertThat(changes("create-plan", "refused")).isEqualTo(refused + 1);
  }

  @Test
  void whatIsForbidden_isOnRecordButNoChange() {
    Awaitility.await()
        .until(
            () ->
                as(AUDITOR)
                    .get("/v1/audit?caller=the-reader")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("items.detail")
                    .contains("forbidden"));

    assertThat(meters.find("planwarden.changes").counters())
        .extracting(counter -> counter.getId().getTag("action"))
        .containsOnly(Arrays.stream(Action.values()).map(Action::word).toArray(String[]::new));
  }

  private double changes(String action, String outcome) {
    return meters
        .get("planwarden.changes")
        .tags("action", action, "outcome", outcome)
        .counter()
        .count();
  }

  /** The platform counts no more than 100 of them. */
  @Test
  void pathsThatCallersMakeUp_areNotCountedEach() {
    for (int i = 0; i < 150; i++) {
      given().get("/v1/odd-" + i).then().statusCode(401);
      given().get("/v1/products/odd-" + i + "/apis").then().statusCode(401);
    }
    as(READER).get("/v1/products").then().statusCode(200);

    Awaitility.await().until(() -> uris().contains("/v1/products"));
    assertThat(uris())
        .contains("UNKNOWN", "/v1/products/{productId}/apis", "/v1/usage-plans/{usagePlanId}")
        .noneMatch(uri -> uri.contains("odd"));
  }

  private Set<String> uris() {
    return Scrape.of(managementPort).series().get("http_server_requests_seconds_count").get("uri");
  }

  @Test
  void attemptsAreMeasured_byOperationAndClass() {
    assertThat(
            meters
                .get("planwarden.upstream.calls")
                .tags("operation", "create-plan", "result", "success")
                .timer()
                .count())
        .isPositive();
    assertThat(
            meters
                .get("planwarden.upstream.calls")
                .tags("operation", "search-plans", "result", "server-fault")
                .timer()
                .count())
        .isPositive();
  }

  @Test
  void everyMetric_isDocumentedWithItsTags_andEveryDocumentedOneIsThere() throws IOException {
    Map<String, Set<String>> there = new TreeMap<>();
    for (Meter meter : meters.getMeters()) {
      // Percentiles are registered as gauges of their own, under the same name.
      String name = meter.getId().getName().replace(".percentile", "");
      if (name.startsWith("planwarden.")) {
        there
            .computeIfAbsent(name, n -> new TreeSet<>())
            .addAll(
                meter.getId().getTags().stream()
                    .map(Tag::getKey)
                    .map(key -> key.equals("phi") ? "quantile" : key)
                    .toList());
      }
    }
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
      Matcher row = DOCUMENTED.matcher(line);
      if (row.matches()) {
        documented.put(
            row.group("name"),
            Arrays.stream(row.group("tags").split(","))
                .map(tag -> tag.replace("`", "").strip())
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    // Its quantiles are Prometheus' and no tag that the meter has.
    documented.get("planwarden.audit.append").remove("quantile");
    there.get("planwarden.audit.append").remove("quantile");

    assertThat(documented).isEqualTo(there);
  }

  @Test
  void alertRules_askForWhatIsThere() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(DEPLOY.resolve("planwarden.rules.yaml").toFile());
    List<String> expressions = rules.findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(15);

    checkAll(expressions);
  }

  @Test
  void dashboard_asksForWhatIsThere() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DEPLOY.resolve("planwarden-dashboard.json").toFile());
    List<String> expressions = dashboard.get("panels").findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(40);

    checkAll(expressions);
  }

  private void checkAll(List<String> expressions) {
    Scrape scrape = Scrape.of(managementPort);
    Map<String, List<String>> faults = new TreeMap<>();
    for (String expression : expressions) {
      List<String> found = faults(new PromQl(expression), scrape.series());
      if (!found.isEmpty()) {
        faults.put(expression, found);
      }
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> faults(
      PromQl expression, Map<String, Map<String, Set<String>>> there) {
    List<String> faults = new ArrayList<>();
    Set<String> labels = new HashSet<>(OF_SCRAPING);
    expression.selectors.forEach(
        (name, matchers) -> {
          if (OF_PROMETHEUS.contains(name)) {
            return;
          }
          if (!there.containsKey(name)) {
            faults.add("no metric " + name);
            return;
          }
          labels.addAll(there.get(name).keySet());
          matchers.forEach(
              (label, values) ->
                  values.stream()
                      .filter(value -> !OF_SCRAPING.contains(label))
                      .filter(value -> !known(there.get(name), label).contains(value))
                      .forEach(value -> faults.add(name + " has no " + label + " " + value)));
        });
    expression.grouping.stream()
        .filter(label -> !labels.contains(label))
        .forEach(label -> faults.add("no label " + label));
    if (expression.selectors.isEmpty()) {
      faults.add("no metric at all");
    }
    return faults;
  }

  /** The values of a label that were seen, or that may come. */
  private static Set<String> known(Map<String, Set<String>> labels, String label) {
    Set<String> known = new HashSet<>(labels.getOrDefault(label, Set.of()));
    if (label.equals("result") || label.equals("failure")) {
      Arrays.stream(FailureClass.values())
          .forEach(c -> known.add(c.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
    if (label.equals("result")) {
      known.add(UpstreamMetrics.result(new IllegalStateException()));
    }
    if (label.equals("operation")) {
      Arrays.stream(Action.values()).forEach(a -> known.add(a.word()));
    }
    return known;
  }

  @Test
  void health_tellsDetailsOfEachKind() {
    JsonPath started = health("started");
    assertThat(started.getString("checks.find { it.name == 'start' }.data.mode"))
        .isEqualTo("sandbox");
    assertThat(started.getString("checks.find { it.name == 'start' }.data.security"))
        .isEqualTo("token");
    assertThat(health("live").getList("checks.name")).contains("audit-writer", "leases");
    assertThat(health("ready").getList("checks.name")).contains("audit", "NCP", "callers");
  }

  private JsonPath health(String kind) {
    return given()
        .port(managementPort)
        .get("/q/health/" + kind)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void withoutAnEndpoint_nothingIsTraced() {
    assertThat(tracer.spanBuilder("anything").startSpan().getSpanContext().isValid()).isFalse();
  }
}
