package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many clients edit and read few plans while NCP loses answers and applies some of them late: what
 * all of them saw of a plan can be put in one order. Six seconds in a normal run, {@code
 * -Dhistory.seconds=120} in the long one.
 */
@QuarkusTest
@TestProfile(LinearizabilityTest.Impatient.class)
class LinearizabilityTest {
  private static final Logger LOG = Logger.getLogger(LinearizabilityTest.class);
  private static final int CLIENTS = 64;
  private static final int PLANS = 20;
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("history.seconds", 6));

  /**
   * Few retries and a short horizon, so that many changes end unknown and targets are soon free.
   */
  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new TreeMap<>(new ScaledTime().getConfigOverrides());
      config.put("planwarden.upstream.retry.attempts", "2");
      config.put("planwarden.change.horizon", "600ms");
      config.put("planwarden.change.settle-wait", "100ms");
      return config;
    }
  }

  @Inject SandboxClient sandbox;

  @TestHTTPResource("/v1/usage-plans")
  URI plansUri;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final Map<String, RegisterHistory> histories = new TreeMap<>();
  private final Set<String> surelyWritten = ConcurrentHashMap.newKeySet();
  private final Set<String> surelyNot = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @BeforeEach
  void makePlans() throws Exception {
    for (int i = 0; i < PLANS; i++) {
      JsonObject body =
          new JsonObject().put("usagePlanName", "P" + i).put("usagePlanDescription", "at first");
      HttpResponse<String> answer = send("POST", "", body);
      histories.put(
          new JsonObject(answer.body()).getString("usagePlanId"), new RegisterHistory("at first"));
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whatClientsSawOfAPlan_canBePutInOneOrder() throws Exception {
    sandbox.misbehave(
        List.of(
            fault("reset-after-effect", 0.02, Map.of()),
            fault("reset-before-effect", 0.02, Map.of()),
            fault("never-answer-applied", 0.01, Map.of()),
            fault("late-commit", 0.03, Map.of("delayMs", 100)),
            fault("late-commit", 0.03, Map.of("delayMs", 450, "status", 504, "code", 510)),
            fault("status", 0.03, Map.of("status", 500, "code", 900, "applied", true)),
            fault("status", 0.02, Map.of("status", 400, "code", 100))));
    long seed = new Random().nextLong();
    LOG.infof("seed %d", seed);
    long end = System.nanoTime() + LENGTH.toNanos();

    List<Callable<Void>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(
                i ->
                    (Callable<Void>)
                        () -> {
                          Client client = new Client(i, new Random(seed + i));
                          while (System.nanoTime() < end) {
                            client.step();
                          }
                          return null;
                        })
            .toList();
    for (Future<Void> client : threads.invokeAll(clients)) {
      client.get();
    }

    histories.forEach(
        (plan, history) -> assertThat(history.violation()).as("seed %d, %s", seed, plan).isEmpty());
    Set<String> effects = effects();
    assertThat(effects).containsAll(surelyWritten).doesNotContainAnyElementsOf(surelyNot);
    assertThat(surelyNot).isNotEmpty();
    assertThat(surelyWritten).hasSizeGreaterThan(CLIENTS);
    assertThat(reads).hasPositiveValue();
    LOG.infof(
        "%d operations, %d written, %d of unknown end, %d without effect",
        histories.values().stream().mapToInt(RegisterHistory::size).sum(),
        surelyWritten.size(),
        unknown.get(),
        surelyNot.size());
  }

  private Set<String> effects() {
    Set<String> values = new HashSet<>();
    sandbox
        .ledger()
        .forEach(
            row -> values.add((String) ((Map<?, ?>) row.get("after")).get("usagePlanDescription")));
    return values;
  }

  private static Map<String, Object> fault(
      String name, double probability, Map<String, Object> more) {
    Map<String, Object> rule = new TreeMap<>(more);
    rule.put("fault", name);
    rule.put("match", "edit-plan");
    rule.put("probability", probability);
    return rule;
  }

  private HttpResponse<String> send(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(plansUri + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(500);
    return answer;
  }

  /** One of the clients, who does one thing after the other. */
  private final class Client {
    private final int number;
    private final Random random;
    private final List<String> plans = List.copyOf(histories.keySet());
    private int writes;

    Client(int number, Random random) {
      this.number = number;
      this.random = random;
    }

    void step() throws Exception {
      String plan = plans.get(random.nextInt(plans.size()));
      RegisterHistory history = histories.get(plan);
      long called = System.nanoTime();
      if (random.nextBoolean()) {
        HttpResponse<String> answer = send("GET", "/" + plan, null);
        if (answer.statusCode() == 200) {
          reads.incrementAndGet();
          history.read(
              new JsonObject(answer.body()).getString("usagePlanDescription"),
              called,
              System.nanoTime());
        }
        return;
      }
      String value = number + "/" + writes++;
      JsonObject body =
          new JsonObject().put("usagePlanName", "P").put("usagePlanDescription", value);
      HttpResponse<String> answer = send("PUT", "/" + plan, body);
      note(history, value, called, answer);
    }

    private void note(
        RegisterHistory history, String value, long called, HttpResponse<String> answer) {
      String outcome = answer.headers().firstValue("Operation-Outcome").orElse("none");
      switch (outcome) {
        case "applied" -> {
          history.write(value, called, System.nanoTime());
          surelyWritten.add(value);
        }
        case "unknown" -> {
          history.writeOfUnknownEnd(value, called);
          unknown.incrementAndGet();
        }
        case "none", "refused", "rejected", "not_applied" -> surelyNot.add(value);
        default -> throw new AssertionError(outcome + " " + answer.body());
      }
    }
  }
}
