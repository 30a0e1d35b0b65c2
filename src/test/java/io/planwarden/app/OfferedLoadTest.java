package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Five hundred requests a second, offered whatever becomes of those before: what an NCP that is
 * down, heals or has a quota sees of them. Needs a machine with nothing else to do, so it runs in
 * the long form only ({@code -Plong}); its rules are proved in virtual time in every run.
 */
@QuarkusTest
@TestProfile(OfferedLoadTest.Wide.class)
@Tag("load")
class OfferedLoadTest {
  private static final Logger LOG = Logger.getLogger(OfferedLoadTest.class);
  private static final int PER_SECOND = 500;
  private static final int RATE = 600;
  private static final int SECONDS = 20;

  @Inject SandboxClient sandbox;

  @TestHTTPResource("/v1/usage-plans/")
  URI plans;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A rate above what is offered, and room to wait. */
  public static final class Wide implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.storage.path", "target/test-data/offered-${quarkus.uuid}.db",
          "planwarden.upstream.rate", String.valueOf(RATE),
          "planwarden.upstream.queue", "500",
          "planwarden.upstream.queue-per-caller", "500");
    }
  }

  @BeforeEach
  void warmUp() {
    statuses(offer(3 * PER_SECOND));
  }

  @AfterEach
  void heal() {
    sandbox.misbehave(List.of());
    statuses(offer(3 * PER_SECOND));
  }

  @Test
  void ncpDown_isAskedLittleAndHealsWithinABreakerDelay() {
    sandbox.misbehave(List.of(Map.of("fault", "drop")));
    int before = sandbox.calls();
    List<Integer> down = statuses(offer(SECONDS * PER_SECOND));
    double perCall = (sandbox.calls() - before) / (double) down.size();

    sandbox.misbehave(List.of());
    CompletableFuture<List<HttpResponse<Void>>> delay = offer(PER_SECOND);
    List<Integer> healed = statuses(offer(SECONDS * PER_SECOND));
    statuses(delay);
    double goodput = healed.stream().filter(s -> s < 300).count() / (double) healed.size();

    LOG.infof("down: %.4f calls per call; healed: goodput %.4f", perCall, goodput);
    assertThat(down).doesNotContain(500);
    assertThat(perCall).isLessThanOrEqualTo(0.5);
    assertThat(goodput).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void quotaBelowWhatIsOffered_isRunIntoRarely() {
    sandbox.reset();
    sandbox.misbehave(List.of(Map.of("fault", "rate-limit", "perSecond", 400)));
    List<Integer> answers = statuses(offer(SECONDS * PER_SECOND));

    double refused = sandbox.fired().get(0) / (double) sandbox.calls();
    long good = answers.stream().filter(s -> s < 300).count();
    LOG.infof(
        "quota: %.4f of the calls are 429; %d good answers a second", refused, good / SECONDS);
    assertThat(refused).isLessThanOrEqualTo(0.01);
  }

  @Test
  void slidingSecond_seesNoMoreThanTheRate() {
    sandbox.reset();
    statuses(offer(SECONDS * 2 * PER_SECOND, 2 * PER_SECOND));

    LOG.infof("most arrivals in a second: %d of %d", sandbox.mostCallsInASecond(), RATE);
    assertThat(sandbox.mostCallsInASecond()).isBetween(RATE / 2, RATE);
  }

  private CompletableFuture<List<HttpResponse<Void>>> offer(int count) {
    return offer(count, PER_SECOND);
  }

  /** Sends at a constant rate, and gathers what comes. */
  private CompletableFuture<List<HttpResponse<Void>>> offer(int count, int perSecond) {
    List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>(count);
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      answers.add(http.sendAsync(request(i), BodyHandlers.discarding()));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
  }

  private static List<Integer> statuses(CompletableFuture<List<HttpResponse<Void>>> answers) {
    return answers.join().stream().map(HttpResponse::statusCode).toList();
  }

  /** One in fifty changes something: a change costs two calls to NCP. */
  private HttpRequest request(int i) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    return i % 50 == 0
        ? request
            .uri(plans.resolve("planopen01"))
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"usagePlanName\": \"Open\", \"rateRps\": " + (1 + i) + "}"))
            .build()
        : request.uri(plans.resolve("planfree01")).build();
  }
}
