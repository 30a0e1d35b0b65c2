package io.planwarden.change;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of the sandbox against every kind of change: what Planwarden says is compared with
 * what the ledger shows. Durations are a hundredth of those in production. Each fault comes once in
 * a normal run, {@code -Dfault.burst=4} times in a row in the long one, which also has those that
 * are to Planwarden as others are.
 */
@QuarkusTest
@TestProfile(ScaledTime.class)
class FaultMatrixTest {
  private static final int BURST = Integer.getInteger("fault.burst", 1);
  private static final String FORECAST = "/v1/stages/weather001:forecast01:";
  private static final String TILES = "/v1/stages/maps000001:tiles00001:";

  @Inject SandboxClient sandbox;
  private final ExecutorService threads = Executors.newFixedThreadPool(7);

  private record Kind(String ledger, String method, String path, String body) {
    Response send(String spare) {
      var request = given().contentType("application/json");
      return (body == null ? request : request.body(body))
          .request(method, path.replace("{spare}", spare));
    }

    /**
     * Whether the fault is one that can be seen: an edit and what NCP answers to it are the same to
     * us, and only some operations answer with an id.
     */
    boolean suffers(Map<String, Object> fault) {
      return switch ((String) fault.get("fault")) {
        case "wrong-id" -> ledger.equals("create-plan") || ledger.equals("edit-plan");
        case "no-effect" -> !ledger.equals("edit-plan");
        default -> true;
      };
    }

    @Override
    public String toString() {
      return ledger;
    }
  }

  // Each of another target, so that all can be made at once.
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "create-plan",
              "POST",
              "/v1/usage-plans",
              "{\"usagePlanName\": \"New\", \"rateRps\": 3}"),
          new Kind(
              "edit-plan",
              "PUT",
              "/v1/usage-plans/planopen01",
              "{\"usagePlanName\": \"Open\", \"rateRps\": 9}"),
          new Kind("delete-plan", "DELETE", "/v1/usage-plans/{spare}", null),
          new Kind("attach-plan", "PUT", FORECAST + "wfcstbeta1/usage-plans/plangold01", null),
          new Kind("detach-plan", "DELETE", TILES + "mtileprod1/usage-plans/planfree01", null),
          new Kind(
              "assign-plan",
              "PUT",
              FORECAST + "wfcstprod1/api-keys/keyacme001/usage-plan",
              "{\"usagePlanId\": \"planfree01\"}"),
          new Kind(
              "set-default-limits",
              "PUT",
              FORECAST + "wfcstprod1/default-limits",
              "{\"rateRps\": 77}"));

  static List<Map<String, Object>> faults() {
    List<Map<String, Object>> faults = new ArrayList<>();
    for (String name :
        List.of(
            "drop",
            "never-answer",
            "never-answer-applied",
            "reset-before-effect",
            "reset-after-effect",
            "reset-in-headers",
            "reset-in-body",
            "no-effect",
            "redirect",
            "truncated",
            "gzip-bomb",
            "endless")) {
      faults.add(fault(name));
    }
    faults.add(fault("wrong-id"));
    for (int delay : List.of(0, 450)) {
      faults.add(fault("late-commit", "delayMs", delay));
      faults.add(fault("late-commit", "delayMs", delay, "status", 504, "code", 510));
    }
    faults.add(fault("delay", "delayMs", 400));
    faults.add(fault("delay", "delayMs", 400, "effect", "late"));
    faults.add(fault("status", "status", 500, "code", 900));
    faults.add(fault("status", "status", 500, "code", 900, "applied", true));
    faults.add(fault("status", "status", 503, "code", 500, "retryAfter", 1));
    faults.add(fault("status", "status", 504, "code", 510, "applied", true));
    faults.add(fault("status", "status", 202));
    faults.add(fault("status", "status", 202, "applied", true));
    faults.add(fault("status", "status", 429, "code", 400));
    faults.add(fault("status", "status", 429, "code", 410));
    faults.add(fault("status", "status", 401, "code", 200));
    faults.add(fault("status", "status", 403, "code", 230));
    if (BURST > 1) {
      faults.addAll(alike());
    }
    return faults;
  }

  /** {@code ErrorTableTest} has them in the class of another, {@code ReactionTest} what follows. */
  private static List<Map<String, Object>> alike() {
    return List.of(
        fault("late-commit", "delayMs", 50),
        fault("late-commit", "delayMs", 50, "status", 504, "code", 510),
        fault("status", "status", 502, "html", true),
        fault("status", "status", 503, "code", 500),
        fault("status", "status", 429, "code", 420),
        fault("status", "status", 429));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyAnswer_agreesWithTheLedger(Map<String, Object> fault) {
    String spare =
        given()
            .contentType("application/json")
            .body(Map.of("usagePlanName", "Spare"))
            .post("/v1/usage-plans")
            .jsonPath()
            .getString("usagePlanId");
    int already = sandbox.ledger().size();
    List<Kind> kinds = KINDS.stream().filter(kind -> kind.suffers(fault)).toList();
    sandbox.misbehave(kinds.stream().map(kind -> rule(fault, kind)).toList());

    List<CompletableFuture<Response>> answers =
        kinds.stream()
            .map(kind -> CompletableFuture.supplyAsync(() -> admitted(kind, spare), threads))
            .toList();

    for (int i = 0; i < kinds.size(); i++) {
      check(kinds.get(i), answers.get(i).join(), already);
    }
    assertThat(sandbox.fired())
        .as("every fault was in play")
        .allSatisfy(times -> assertThat(times).isBetween(1, BURST));
  }

  /** What the fault before left behind may hold the target for a while; nothing is sent then. */
  private static Response admitted(Kind kind, String spare) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> kind.send(spare), answer -> !answer.asString().contains("\"change-in-flight\""));
  }

  private static Map<String, Object> rule(Map<String, Object> fault, Kind kind) {
    Map<String, Object> rule = new HashMap<>(fault);
    rule.put("match", kind.ledger());
    rule.put("times", BURST);
    return rule;
  }

  private void check(Kind kind, Response answer, int already) {
    JsonPath operation = settled(answer);
    String outcome = operation.getString("outcome");
    List<Map<String, Object>> effects =
        sandbox.ledger().stream()
            .skip(already)
            .filter(row -> kind.ledger().equals(row.get("kind")))
            .toList();
    String story = answer.asString() + "\n" + operation.prettify() + "\n" + effects;
    if (kind.ledger().equals("create-plan")) {
      assertThat(effects.size()).as("no duplicate: %s", story).isLessThanOrEqualTo(1);
    }
    switch (outcome) {
      case "applied", "adopted" -> assertThat(effects).as(story).isNotEmpty();
      case "rejected", "not_applied" -> assertThat(effects).as(story).isEmpty();
      case "unknown" -> assertThat(kind.ledger()).as(story).isEqualTo("create-plan");
      default -> throw new AssertionError(story);
    }
    if (answer.statusCode() < 300) {
      assertThat(outcome).as(story).isIn("applied", "adopted");
    }
    assertThat(answer.statusCode()).as(story).isNotEqualTo(500);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static JsonPath settled(Response answer) {
    String operationId = answer.header("Operation-Id");
    assertThat(operationId).as(answer.asString()).isNotNull();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            // Each look would be held against the document, which others do.
            () -> given().noFilters().get("/v1/operations/{id}", operationId).jsonPath(),
            operation -> "settled".equals(operation.getString("status")));
  }

  private static Map<String, Object> fault(String name, Object... parameters) {
    Map<String, Object> fault = new HashMap<>();
    fault.put("fault", name);
    for (int i = 0; i < parameters.length; i += 2) {
      fault.put((String) parameters[i], parameters[i + 1]);
    }
    return fault;
  }
}
