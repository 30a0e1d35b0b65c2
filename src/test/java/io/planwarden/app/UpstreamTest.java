package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** How Planwarden treats NCP, seen from NCP's side; and how it says that NCP is unwell. */
@QuarkusTest
@TestProfile(UpstreamTest.Paced.class)
@TestMethodOrder(OrderAnnotation.class)
class UpstreamTest {
  private static final int RATE = 20;
  private static final AtomicInteger READS = new AtomicInteger();

  @Inject SandboxClient sandbox;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  private final ExecutorService threads = Executors.newFixedThreadPool(16);

  /** Paced, quick to give up on retries, and with a cache. */
  public static final class Paced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.storage.path", "target/test-data/paced-${quarkus.uuid}.db",
          "planwarden.upstream.rate", String.valueOf(RATE),
          "planwarden.upstream.read-cache", "10m",
          "planwarden.upstream.retry.base", "10ms",
          "planwarden.upstream.breaker.calls", "5",
          "planwarden.upstream.breaker.delay", "60s");
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void manyCalls_arriveAtThePaceThatIsAllowed() {
    List<Integer> answers =
        IntStream.range(0, 60)
            .mapToObj(i -> CompletableFuture.supplyAsync(UpstreamTest::read, threads))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).containsOnly(200);
    assertThat(sandbox.calls()).isEqualTo(60);
    // The rate is kept exactly where requests are sent, which PaceTest proves; on a busy machine
    // they arrive less evenly than they were sent. Unpaced, all 60 arrive within a second.
    assertThat(sandbox.mostCallsInASecond()).isLessThan(2 * RATE);
  }

  @Test
  void skewedClock_isNamedAsTheCauseOfARefusedSignature() {
    sandbox.skew(600_000);

    given()
        .get("/v1/usage-plans/planfree01")
        .then()
        .statusCode(502)
        .body("code", equalTo("upstream-credentials-rejected"))
        .body("detail", containsString("correct the clock"));
  }

  @Test
  void readThatIsMadeAgain_isAHitOfTheCacheAndNoCall() {
    for (int i = 0; i < 3; i++) {
      given().get("/v1/usage-plans/plangold01").then().statusCode(200);
    }

    assertThat(sandbox.calls()).isEqualTo(1);
    given()
        .port(managementPort)
        .get("/q/metrics")
        .then()
        .body(containsString("planwarden_upstream_cache_reads_total{result=\"hit\"} 2.0"));
  }

  // Last, because it leaves the breaker open.
  @Test
  @Order(Order.DEFAULT + 1)
  void ncpDown_leavesReadinessUpAndShowsTheBreaker() {
    sandbox.misbehave(List.of(Map.of("fault", "status", "status", 500, "code", 900)));
    for (int i = 0; i < 10; i++) {
      read();
    }
    int before = sandbox.calls();

    given()
        .get("/v1/usage-plans/planfree01")
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("upstream-unreachable"));
    assertThat(sandbox.calls()).isEqualTo(before);
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.data.breaker", hasItem("open"));
    given()
        .port(managementPort)
        .get("/q/metrics")
        .then()
        .body(containsString("planwarden_upstream_breaker_changes_total{state=\"open\"} 1.0"))
        .body(containsString("planwarden_upstream_breaker_state{state=\"open\"} 1.0"))
        .body(containsString("planwarden_upstream_breaker_state{state=\"closed\"} 0.0"))
        .body(containsString("planwarden_upstream_rate " + RATE));
  }

  /** Each another one, so that none is answered from the cache. */
  private static int read() {
    return given().get("/v1/usage-plans?usagePlanName=" + READS.incrementAndGet()).statusCode();
  }
}
