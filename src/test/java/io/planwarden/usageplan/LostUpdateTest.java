package io.planwarden.usageplan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.planwarden.app.Outsider;
import io.planwarden.app.SandboxClient;
import io.planwarden.gateway.Limits;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many who read, modify and write under If-Match: none of them overwrites another's work. Each
 * makes two changes in a normal run, {@code -Dlost.updates=50} in the long one.
 */
@QuarkusTest
class LostUpdateTest {
  private static final int WRITERS = 64;
  private static final int PLANS = 20;
  private static final int EACH = Integer.getInteger("lost.updates", 2);
  private static final List<String> SETTABLE = List.of("usagePlanName", "rateRps");

  @TestHTTPResource URI here;
  @Inject SandboxClient sandbox;
  @Inject Outsider outsider;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void parallelWritersUnderIfMatch_loseNoUpdate() throws Exception {
    List<String> plans = new ArrayList<>();
    for (int i = 0; i < PLANS; i++) {
      plans.add(outsider.create("counter " + i, new Limits(1, null, null, null)));
    }
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String plan = plans.get(i % PLANS);
      writers.add(() -> countUp(plan));
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    int conflicts = 0;
    try {
      for (Future<Integer> writer : threads.invokeAll(writers)) {
        conflicts += writer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(conflicts).as("writers that met").isPositive();
    Map<String, Integer> rates = new HashMap<>();
    for (Map<String, Object> row : sandbox.ledger()) {
      String plan = (String) ((Map<?, ?>) row.get("ids")).get("usagePlanId");
      int rate = (Integer) ((Map<?, ?>) row.get("after")).get("rateRps");
      // Each write builds on the one before it.
      assertThat(rate).isEqualTo(rates.getOrDefault(plan, 0) + 1);
      rates.put(plan, rate);
    }
    int sum = rates.values().stream().mapToInt(rate -> rate - 1).sum();
    assertThat(sum).isEqualTo(WRITERS * EACH);
  }

  /** Adds one to the plan's rate, so often as each does; how often somebody else was first. */
  private int countUp(String plan) throws Exception {
    int conflicts = 0;
    for (int done = 0; done < EACH; ) {
      HttpResponse<String> read = send(request(plan).GET().build());
      assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
      ObjectNode body = (ObjectNode) json.readTree(read.body());
      body.retain(SETTABLE).put("rateRps", body.path("rateRps").asInt() + 1);
      HttpResponse<String> written =
          send(
              request(plan)
                  .header("Content-Type", "application/json")
                  .header("If-Match", read.headers().firstValue("ETag").orElseThrow())
                  .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                  .build());
      assertThat(written.statusCode()).as(written.body()).isIn(200, 412);
      if (written.statusCode() == 200) {
        done++;
      } else {
        conflicts++;
      }
    }
    return conflicts;
  }

  private HttpRequest.Builder request(String plan) {
    return HttpRequest.newBuilder(here.resolve("/v1/usage-plans/" + plan));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
