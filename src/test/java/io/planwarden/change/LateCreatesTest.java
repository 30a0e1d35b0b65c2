package io.planwarden.change;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Creates whose answers are lost and whose effects come up to 0.45 s later, which stands for 45 s:
 * 50 in a normal run, {@code -Dlate.creates=1000} in the long one.
 */
@QuarkusTest
@TestProfile(ScaledTime.class)
class LateCreatesTest {
  private static final int COUNT = Integer.getInteger("late.creates", 50);
  private static final List<Integer> DELAYS = List.of(0, 20, 100, 250, 450);
  // By each of the delays: three of four answers are lost, and one run in a million loses all.
  private static final double LOST = 0.25;

  @Inject SandboxClient sandbox;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void lostCreates_areMadeOnceAndFoundAgain() {
    sandbox.misbehave(
        DELAYS.stream()
            .map(
                delay ->
                    Map.<String, Object>of(
                        "fault",
                        "late-commit",
                        "match",
                        "create-plan",
                        "delayMs",
                        delay,
                        "probability",
                        LOST))
            .toList());

    List<Response> answers =
        IntStream.range(0, COUNT)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> create("Late" + i), threads))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    List<String> outcomes = answers.stream().map(LateCreatesTest::settled).toList();
    assertThat(outcomes).containsOnly("applied", "adopted");
    assertThat(sandbox.ledger())
        .extracting(row -> ((Map<?, ?>) row.get("after")).get("usagePlanName"))
        .doesNotHaveDuplicates()
        .hasSize(COUNT);
  }

  @Test
  void planOfAnotherOperation_isNotTakenForThatOfALostCreate() {
    sandbox.misbehave(
        List.of(Map.of("fault", "reset-before-effect", "match", "create-plan", "times", 1)));
    Response lost = create("Twice");
    assertThat(lost.header("Operation-Outcome")).isEqualTo("unknown");

    // As soon as the name is let go, before the later looks for the lost one.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> create("Twice").statusCode() == 201);

    assertThat(settled(lost)).isEqualTo("unknown");
  }

  private static Response create(String name) {
    return given()
        .contentType("application/json")
        .body(Map.of("usagePlanName", name, "rateRps", 3))
        .post("/v1/usage-plans");
  }

  private static String settled(Response answer) {
    String id = answer.header("Operation-Id");
    assertThat(id).as(answer.asString()).isNotNull();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> given().get("/v1/operations/{id}", id).jsonPath(),
            operation -> "settled".equals(operation.getString("status")))
        .getString("outcome");
  }
}
