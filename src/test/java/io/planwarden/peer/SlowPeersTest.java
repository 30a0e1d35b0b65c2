package io.planwarden.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.peer.SlowPeer.Habit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers who keep a server busy by doing next to nothing. */
@QuarkusTest
@TestProfile(SlowPeersTest.Short.class)
class SlowPeersTest {
  /** The same limits, sooner. */
  public static final class Short implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.request.header-timeout", "4s",
          "planwarden.request.body-timeout", "2s",
          "planwarden.request.answer-timeout", "2s");
    }
  }

  /** Counts the answers that are begun. */
  @Singleton
  static class Documents {
    private final AtomicInteger asked = new AtomicInteger();

    void register(@Observes Router router) {
      router
          .route("/q/openapi")
          .order(-1_000)
          .handler(
              http -> {
                asked.incrementAndGet();
                http.next();
              });
    }
  }

  private static final int PEERS = 500;
  private static final int PORTION = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestHTTPResource URI here;

  @Inject MeterRegistry meters;
  @Inject Documents documents;

  private final List<SlowPeer> peers = new ArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

  @BeforeEach
  void begin() {
    documents.asked.set(0);
  }

  @AfterEach
  void end() throws IOException {
    threads.shutdownNow();
    for (SlowPeer peer : peers) {
      peer.close();
    }
  }

  @Test
  void slowPeers_areAllCut_whileOthersAreServed() throws IOException {
    // The first request of a run has the API's document read, which takes its time.
    assertThat(RestAssured.get("/v1/usage-plans/planfree01").statusCode()).isEqualTo(200);
    for (int i = 0; i < PEERS; i++) {
      peers.add(new SlowPeer(Habit.values()[i % Habit.values().length], here.getPort()));
      if (peers.size() % PORTION == 0) {
        // All together may take as long to connect as the first of them are waited for.
        List<SlowPeer> latest = peers.subList(peers.size() - PORTION, peers.size());
        latest.forEach(SlowPeer::drip);
        assertThat(latest).as("at once").noneMatch(SlowPeer::isCut);
      }
    }
    var dripping =
        threads.scheduleAtFixedRate(() -> peers.forEach(SlowPeer::drip), 100, 100, MILLISECONDS);
    ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
    var served =
        threads.scheduleAtFixedRate(
            () -> statuses.add(RestAssured.get("/v1/usage-plans/planfree01").statusCode()),
            0,
            100,
            MILLISECONDS);

    await().atMost(PATIENCE).until(() -> peers.stream().allMatch(SlowPeer::isCut));

    assertThat(dripping.isDone()).isFalse();
    assertThat(served.isDone()).as("failed").isFalse();
    assertThat(statuses).hasSizeGreaterThan(5).containsOnly(200);
    assertThat(meters.get("planwarden.connections.cut").counters())
        .extracting(counter -> counter.getId().getTag("slow"))
        // A slow body is told 408 first, and most often that is its end.
        .contains("headers", "reader");
  }

  @ParameterizedTest
  @EnumSource(
      value = Habit.class,
      names = {"BODY", "CHUNKS"})
  void callerWithASlowBody_isTold(Habit habit) throws IOException {
    SlowPeer peer = alone(habit);

    await().atMost(PATIENCE).until(peer::isCut);

    assertThat(peer.heard())
        .startsWith("HTTP/1.1 408 ")
        .contains("\"code\":\"request-timeout\"", "\"retryable\":true");
  }

  @Test
  void answersThatAreNotTaken_arePreparedOneByOne() throws IOException {
    SlowPeer peer = alone(Habit.TAKES_NOTHING);

    await().atMost(PATIENCE).until(peer::isCut);

    assertThat(documents.asked).hasPositiveValue().hasValueLessThan(60);
  }

  @Test
  void requestsSentAhead_areLimited() throws IOException {
    double before = cutAhead();
    try (Socket socket = new Socket("127.0.0.1", here.getPort())) {
      String one = "GET /v1/usage-plans/planfree01 HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(one.repeat(400).getBytes(StandardCharsets.ISO_8859_1));

      await().atMost(PATIENCE).until(() -> cutAhead() > before);
    }
  }

  private double cutAhead() {
    var counter = meters.find("planwarden.connections.cut").tag("slow", "ahead").counter();
    return counter == null ? 0 : counter.count();
  }

  private SlowPeer alone(Habit habit) throws IOException {
    SlowPeer peer = new SlowPeer(habit, here.getPort());
    peers.add(peer);
    threads.scheduleAtFixedRate(peer::drip, 0, 50, MILLISECONDS);
    return peer;
  }
}
