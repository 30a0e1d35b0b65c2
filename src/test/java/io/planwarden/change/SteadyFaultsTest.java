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
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Changes of all kinds while three in ten of them, and one in ten reads, meet a fault: every answer
 * is compared with what the ledger has of that target since. Five changes a lane in a normal run,
 * {@code -Dsteady.changes=300} in the long one.
 */
@QuarkusTest
@TestProfile(ScaledTime.class)
class SteadyFaultsTest {
  private static final Logger LOG = Logger.getLogger(SteadyFaultsTest.class);
  private static final int CHANGES = Integer.getInteger("steady.changes", 5);
  private static final double CHANGE_FAULTS = 0.3;
  private static final double READ_FAULTS = 0.1;
  private static final String FORECAST = "/v1/stages/weather001:forecast01:";
  private static final String TILES = "/v1/stages/maps000001:tiles00001:";

  @Inject SandboxClient sandbox;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** One change after the other on one target; no two lanes share one. */
  private interface Lane {
    /** What the next change is, and how its effects are told from all others in the ledger. */
    Asked next(int step);
  }

  private record Asked(String kind, String method, String path, Object body, String mark) {}

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void everyAnswer_agreesWithTheLedger() throws Exception {
    List<Lane> lanes = lanes();
    sandbox.misbehave(rules());
    List<Callable<List<String>>> runs =
        lanes.stream().map(lane -> (Callable<List<String>>) () -> run(lane)).toList();

    List<String> outcomes = new ArrayList<>();
    for (Future<List<String>> run : threads.invokeAll(runs)) {
      outcomes.addAll(run.get());
    }

    Map<String, Long> counts = new HashMap<>();
    outcomes.forEach(outcome -> counts.merge(outcome, 1L, Long::sum));
    LOG.infof("%s, faults %s", counts, sandbox.fired());
    assertThat(counts).containsKey("applied");
    assertThat(sandbox.fired().stream().mapToInt(Integer::intValue).sum()).isPositive();
  }

  private List<Lane> lanes() {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String plan = create("Edited" + i);
      lanes.add(
          step -> {
            Map<String, ?> body =
                Map.of("usagePlanName", "E", "usagePlanDescription", plan + "/" + step);
            return new Asked(
                "edit-plan", "PUT", "/v1/usage-plans/" + plan, body, plan + "/" + step);
          });
      String name = "Made" + i + "/";
      lanes.add(
          step ->
              new Asked(
                  "create-plan",
                  "POST",
                  "/v1/usage-plans",
                  Map.of("usagePlanName", name + step, "rateRps", 3),
                  name + step));
    }
    lanes.add(
        step -> {
          String plan = createAgain("Deleted" + step);
          return new Asked("delete-plan", "DELETE", "/v1/usage-plans/" + plan, null, plan);
        });
    for (String stage : List.of(FORECAST + "wfcstbeta1", TILES + "mtileprod1")) {
      String path = stage + "/usage-plans/plangold01";
      lanes.add(
          step ->
              step % 2 == 0
                  ? new Asked("attach-plan", "PUT", path, null, stageId(stage))
                  : new Asked("detach-plan", "DELETE", path, null, stageId(stage)));
    }
    lanes.add(
        step ->
            new Asked(
                "assign-plan",
                "PUT",
                FORECAST + "wfcstprod1/api-keys/keyacme001/usage-plan",
                Map.of("usagePlanId", step % 2 == 0 ? "planfree01" : "plangold01"),
                "keyacme001"));
    lanes.add(
        step ->
            new Asked(
                "set-default-limits",
                "PUT",
                TILES + "mtilebeta1/default-limits",
                Map.of("rateRps", 100_000 + step),
                String.valueOf(100_000 + step)));
    return lanes;
  }

  private static String stageId(String path) {
    return path.substring(path.lastIndexOf(':') + 1);
  }

  private static List<Map<String, Object>> rules() {
    List<Map<String, Object>> faults =
        FaultMatrixTest.faults().stream()
            // Neither can be told from the truth by looking, for one kind of change or the other.
            .filter(fault -> !List.of("no-effect", "wrong-id").contains(fault.get("fault")))
            .toList();
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, Object> fault : faults) {
      rules.add(rule(fault, "change", CHANGE_FAULTS, faults.size()));
    }
    List<Map<String, Object>> forReads =
        Stream.of("drop", "never-answer", "reset-before-effect", "reset-in-body", "truncated")
            .map(name -> Map.<String, Object>of("fault", name))
            .toList();
    forReads.forEach(fault -> rules.add(rule(fault, "read", READ_FAULTS, forReads.size())));
    return rules;
  }

  private static Map<String, Object> rule(
      Map<String, Object> fault, String match, double share, int of) {
    Map<String, Object> rule = new HashMap<>(fault);
    rule.put("match", match);
    rule.put("probability", share / of);
    return rule;
  }

  private List<String> run(Lane lane) {
    List<String> outcomes = new ArrayList<>();
    for (int step = 0; step < CHANGES; step++) {
      Asked asked = lane.next(step);
      int already = sandbox.effects();
      Response answer = admitted(asked);
      outcomes.add(check(asked, answer, already));
    }
    return outcomes;
  }

  private String check(Asked asked, Response answer, int already) {
    String operationId = answer.header("Operation-Id");
    if (operationId == null) {
      // Nothing of it is on record: it could not even be begun, because NCP could not be read.
      assertThat(answer.statusCode()).as(answer.asString()).isIn(502, 503, 504);
      assertThat(effects(asked, already)).as(answer.asString()).isEmpty();
      return "none";
    }
    JsonPath operation = settled(operationId);
    String outcome = operation.getString("outcome");
    List<Map<String, Object>> effects = effects(asked, already);
    String story = asked + "\n" + answer.asString() + "\n" + operation.prettify() + "\n" + effects;
    if (asked.kind().equals("create-plan")) {
      assertThat(effects.size()).as("no duplicate: %s", story).isLessThanOrEqualTo(1);
    }
    switch (outcome) {
      case "applied", "adopted" -> {
        // Right after a change of ours what is so already is sent all the same, because NCP's reads
        // may lag; then NCP may have had nothing to do.
        if (!List.of().equals(operation.getList("changed"))) {
          assertThat(effects).as(story).isNotEmpty();
        }
      }
      case "rejected", "refused", "not_applied", "unchanged" ->
          assertThat(effects).as(story).isEmpty();
      case "unknown" -> assertThat(asked.kind()).as(story).isEqualTo("create-plan");
      default -> throw new AssertionError(story);
    }
    if (answer.statusCode() < 300) {
      assertThat(outcome).as(story).isIn("applied", "adopted", "unchanged");
    }
    assertThat(answer.statusCode()).as(story).isNotEqualTo(500);
    return outcome;
  }

  private List<Map<String, Object>> effects(Asked asked, int already) {
    return sandbox.ledger(already).stream()
        .filter(row -> asked.kind().equals(row.get("kind")))
        .filter(row -> row.toString().contains(asked.mark()))
        .toList();
  }

  /** A change before may hold the target for a while; nothing is sent then. */
  private static Response admitted(Asked asked) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> send(asked), answer -> !answer.asString().contains("\"change-in-flight\""));
  }

  private static Response send(Asked asked) {
    var request = given().contentType("application/json");
    return (asked.body() == null ? request : request.body(asked.body()))
        .request(asked.method(), asked.path());
  }

  private static JsonPath settled(String operationId) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> given().get("/v1/operations/{id}", operationId).jsonPath(),
            operation -> "settled".equals(operation.getString("status")));
  }

  private static String create(String name) {
    return send(new Asked(
            "", "POST", "/v1/usage-plans", Map.of("usagePlanName", name, "rateRps", 1), ""))
        .jsonPath()
        .getString("usagePlanId");
  }

  /** A plan to delete has to be there, whatever becomes of the first tries to make one. */
  private static String createAgain(String name) {
    Random random = new Random();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> create(name + "/" + random.nextInt()), id -> id != null);
  }
}
