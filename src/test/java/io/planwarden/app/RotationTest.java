package io.planwarden.app;

import static io.planwarden.app.RotatedNcp.CANARY;
import static io.planwarden.app.RotatedNcp.FALLBACK_ACCESS_KEY;
import static io.planwarden.app.RotatedNcp.FALLBACK_SECRET_KEY;
import static io.planwarden.app.RotatedNcp.accessKey;
import static io.planwarden.app.RotatedNcp.secretKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.ncp.KeyRing;
import io.planwarden.ncp.MountedKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key pairs that come and go, seen from the callers' side and from NCP's. */
@QuarkusTest
@TestProfile(RotatedNcp.Profile.class)
class RotationTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";
  private static final int CALLERS = 6;
  private static final int ROTATIONS = 20;

  MountedKeys mounted;
  SandboxClient sandbox;
  @Inject KeyRing keys;
  @Inject MeterRegistry meters;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  private final CapturedLog log = new CapturedLog(CANARY);
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

  /** A change as its caller was told of it. */
  private record Told(String kind, String usagePlanId) {}

  @BeforeEach
  void begin() {
    sandbox.reset();
    mounted.swap(accessKey(0), secretKey(0));
    sandbox.accept(pair(0));
    keys.look();
    given().get(PLAN).then().statusCode(200);
  }

  @AfterEach
  void noKeyWasShown() {
    threads.shutdownNow();
    log.close();
    assertThat(log.found()).isEmpty();
  }

  @Test
  void rotationsUnderLoad_loseAndDoubleNothing() {
    double reloads = reloads();
    ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(
                caller -> CompletableFuture.runAsync(() -> change(caller, told, over), threads))
            .toList();

    for (int i = 1; i <= ROTATIONS; i++) {
      sandbox.accept(Map.of(accessKey(i - 1), secretKey(i - 1), accessKey(i), secretKey(i)));
      mounted.swap(accessKey(i), secretKey(i));
      // At once, with calls signed with the old pair under way and nobody told of the new one.
      sandbox.accept(pair(i));
      int before = told.size();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  told.size() >= before + 2 * CALLERS
                      || callers.stream().anyMatch(CompletableFuture::isDone));
    }
    over.set(true);
    callers.forEach(CompletableFuture::join);

    List<Told> ledger =
        sandbox.ledger().stream().map(row -> new Told((String) row.get("kind"), id(row))).toList();
    assertThat(told).hasSizeGreaterThan(2 * CALLERS * ROTATIONS).doesNotHaveDuplicates();
    assertThat(ledger).containsExactlyInAnyOrderElementsOf(told);
    assertThat(sandbox.refused()).as("rotations that hit calls under way").isPositive();
    assertThat(reloads() - reloads).isPositive();
  }

  @Test
  void pairRevokedWithoutANewOne_isReplacedByTheFallbackAndBack() {
    sandbox.accept(Map.of(FALLBACK_ACCESS_KEY, FALLBACK_SECRET_KEY));
    given().get(PLAN).then().statusCode(200);
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .body("checks.data.keyPair", hasItem("fallback"));

    sandbox.accept(pair(0));
    for (int i = 0; i < CALLERS; i++) {
      given().get(PLAN).then().statusCode(200);
    }
    assertThat(keys.which()).isEqualTo(KeyRing.Which.MAIN);
  }

  @Test
  void bothPairsRevoked_isTheOnlyCaseThatACallerSees() {
    sandbox.accept(Map.of());

    Response refused = given().get(PLAN);
    refused.then().statusCode(502).body("code", equalTo("upstream-credentials-rejected"));
    Response change = create("never");
    change.then().statusCode(502);
    assertThat(refused.asString() + refused.headers() + change.asString()).doesNotContain(CANARY);
    assertThat(sandbox.ledger()).isEmpty();

    sandbox.accept(pair(0));
    given().get(PLAN).then().statusCode(200);
  }

  @Test
  void brokenFiles_keepTheLastGoodPairAndAreWarnedOf() {
    mounted.swap("", secretKey(1));
    keys.look();
    given().get(PLAN).then().statusCode(200);
    assertThat(log.lines())
        .anyMatch(
            line ->
                line.contains("the last good one stays pair=main")
                    && line.contains("access-key is empty"));
    assertThat(readable("main")).isZero();
    assertThat(readable("fallback")).isOne();

    sandbox.accept(pair(2));
    mounted.swap(accessKey(2), secretKey(2));
    keys.look();
    assertThat(readable("main")).isOne();
    given().get(PLAN).then().statusCode(200);
  }

  @Test
  void whatIsServed_showsNoKey() {
    StringBuilder served = new StringBuilder();
    for (String path :
        List.of("/q/health", "/q/health/ready", "/q/metrics", "/q/info", "/q/dev", "/q/arc")) {
      served.append(given().port(managementPort).get(path).asString());
    }
    for (String path :
        List.of("/q/openapi", "/q/swagger-ui", "/q/dev", "/q/dev-ui", "/v1/audit", PLAN)) {
      served.append(given().get(path).asString());
    }

    assertThat(served.toString())
        .contains("keyPairAgeSeconds", "planwarden_upstream_credentials_age_seconds")
        .doesNotContain(CANARY);
  }

  /** Creates, edits and deletes plans of its own until it is told to stop. */
  private static void change(int caller, ConcurrentLinkedQueue<Told> told, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      Response created = create("plan-" + caller + "-" + i);
      String id = created.jsonPath().getString("usagePlanId");
      tell(created, 201, new Told("create-plan", id), told);
      Response edited =
          given()
              .contentType("application/json")
              .body(Map.of("usagePlanName", "plan-" + caller + "-" + i, "rateRps", 9))
              .put("/v1/usage-plans/{id}", id);
      tell(edited, 200, new Told("edit-plan", id), told);
      Response deleted = given().delete("/v1/usage-plans/{id}", id);
      tell(deleted, 204, new Told("delete-plan", id), told);
    }
  }

  private static void tell(
      Response answer, int status, Told change, ConcurrentLinkedQueue<Told> told) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.header("Operation-Outcome")).isEqualTo("applied");
    told.add(change);
  }

  private static Response create(String name) {
    return given()
        .contentType("application/json")
        .body(Map.of("usagePlanName", name, "rateRps", 3))
        .post("/v1/usage-plans");
  }

  private double readable(String pair) {
    return meters.get("planwarden.upstream.credentials.readable").tag("pair", pair).gauge().value();
  }

  private double reloads() {
    return meters.get("planwarden.upstream.credentials.reloads").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static Map<String, String> pair(int number) {
    return Map.of(accessKey(number), secretKey(number));
  }

  private static String id(Map<String, Object> row) {
    return String.valueOf(((Map<?, ?>) row.get("ids")).get("usagePlanId"));
  }
}
