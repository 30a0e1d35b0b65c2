package io.planwarden.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Clients that change all there is to change, each on targets of its own, one change after the
 * other, and remember what they are told. They ask for nothing twice.
 */
final class Writers implements AutoCloseable {
  private static final List<String> STAGES =
      List.of(
          "/v1/stages/weather001:forecast01:wfcstprod1",
          "/v1/stages/weather001:forecast01:wfcstbeta1",
          "/v1/stages/weather001:history001:whistprod1",
          "/v1/stages/maps000001:tiles00001:mtileprod1",
          "/v1/stages/maps000001:tiles00001:mtilebeta1");
  private static final List<String> KEYS = List.of("keyacme001", "keyglobex1");

  /** After so many a writer makes another plan: a little fewer than a life has. */
  private static final int STEPS = 4;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<CompletableFuture<Void>> writers = new ArrayList<>();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final Map<String, Ask> underWay = new ConcurrentHashMap<>();
  private volatile CompletableFuture<List<String>> service = new CompletableFuture<>();
  private volatile boolean over;

  Writers(int count) {
    for (int i = 0; i < count; i++) {
      int writer = i;
      writers.add(CompletableFuture.runAsync(() -> write(writer), threads));
    }
  }

  /** The service is there. */
  void serve(String url) {
    service.complete(List.of(url));
  }

  /** The service is at these places, any of which is asked. */
  void serveAt(List<String> urls) {
    CompletableFuture<List<String>> before = service;
    service = CompletableFuture.completedFuture(List.copyOf(urls));
    before.complete(List.copyOf(urls));
  }

  /** The service is not there any more: nobody asks anything until it is again. */
  void rest() {
    if (service.isDone()) {
      service = new CompletableFuture<>();
    }
  }

  /** The marks of what was asked and not answered. */
  Set<String> underWay() {
    return underWay.keySet();
  }

  /**
   * Adds clients that all edit the same plans, each time to something that nobody else asks for.
   */
  void contend(int count, Map<String, String> plans) {
    for (int i = 0; i < count; i++) {
      int writer = i;
      writers.add(CompletableFuture.runAsync(() -> editShared(writer, plans), threads));
    }
  }

  private void editShared(int writer, Map<String, String> plans) {
    List<String> ids = List.copyOf(plans.keySet());
    for (int edit = 0; !over; edit++) {
      String plan = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
      ask(Ask.edit(plan, plans.get(plan), "edit " + edit + " of " + writer));
    }
  }

  /** Makes plans for that; their ids and names. */
  Map<String, String> plans(int count) {
    Map<String, String> plans = new TreeMap<>();
    while (plans.size() < count) {
      String name = "Shared " + UUID.randomUUID();
      Told created = ask(Ask.create(name));
      if (created.isSuccess()) {
        plans.put(field(created.body(), "usagePlanId"), name);
      }
    }
    return plans;
  }

  /** Waits until so many answers more have come, or so long. */
  void awaitAnswers(int more, Duration atMost) {
    int wanted = told.size() + more;
    for (long end = System.nanoTime() + atMost.toNanos();
        told.size() < wanted && System.nanoTime() < end; ) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** All that was told, oldest first. */
  List<Told> told() {
    return List.copyOf(told);
  }

  /** Asks for nothing more, and waits for the answers under way. */
  void finish() {
    over = true;
    service.complete(List.of());
    writers.forEach(writer -> writer.orTimeout(60, TimeUnit.SECONDS).join());
  }

  @Override
  public void close() {
    over = true;
    service.complete(List.of());
    threads.shutdownNow();
  }

  /**
   * Leads plans through their lives, several at a time, so that all kinds of changes meet at any
   * moment. A plan of which something is not known to have succeeded is left alone.
   */
  private void write(int writer) {
    Random random = new Random(writer);
    List<Deque<Ask>> lives = new ArrayList<>();
    for (int life = 0; !over; life++) {
      String name = "Plan " + writer + "/" + life;
      Told created = ask(Ask.create(name));
      if (created.isSuccess()) {
        lives.add(life(writer, life, name, field(created.body(), "usagePlanId")));
      }
      for (int step = 0; step < STEPS && !lives.isEmpty() && !over; step++) {
        Deque<Ask> next = lives.get(random.nextInt(Math.min(2, lives.size())));
        if (!ask(next.remove()).isSuccess() || next.isEmpty()) {
          lives.remove(next);
        }
      }
    }
  }

  private static Deque<Ask> life(int writer, int life, String name, String plan) {
    String stage = STAGES.get(writer % STAGES.size());
    int key = writer / STAGES.size();
    Deque<Ask> asks = new ArrayDeque<>();
    if (writer < STAGES.size()) {
      asks.add(Ask.limits(stage, 100_000 + life));
    }
    asks.add(Ask.attach(stage, plan));
    if (key < KEYS.size()) {
      asks.add(Ask.assign(stage, KEYS.get(key), plan));
    }
    asks.add(Ask.edit(plan, name, "edited " + name));
    asks.add(Ask.detach(stage, plan));
    asks.add(Ask.delete(plan));
    return asks;
  }

  private Told ask(Ask ask) {
    List<String> urls = service.join();
    if (over || urls.isEmpty()) {
      return new Told(ask, 0, null, null, "not asked");
    }
    underWay.put(ask.mark(), ask);
    Told answer = send(urls.get(ThreadLocalRandom.current().nextInt(urls.size())), ask, Map.of());
    told.add(answer);
    underWay.remove(ask.mark());
    return answer;
  }

  /** Asks under a key, beside what the clients ask. */
  CompletableFuture<Told> send(String url, Ask ask, String key) {
    return CompletableFuture.supplyAsync(
        () -> send(url, ask, Map.of("Idempotency-Key", key)), threads);
  }

  private Told send(String url, Ask ask, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + ask.path())).timeout(Duration.ofSeconds(60));
      headers.forEach(request::header);
      if (ask.body() == null) {
        request.method(ask.method(), BodyPublishers.noBody());
      } else {
        request
            .header("Content-Type", "application/json")
            .method(ask.method(), BodyPublishers.ofString(json.writeValueAsString(ask.body())));
      }
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      return new Told(
          ask,
          answer.statusCode(),
          answer.headers().firstValue("Operation-Id").orElse(null),
          answer.headers().firstValue("Operation-Outcome").orElse(null),
          answer.body());
    } catch (IOException e) {
      return new Told(ask, 0, null, null, String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Told(ask, 0, null, null, String.valueOf(e));
    }
  }

  private String field(String body, String name) {
    try {
      return json.readTree(body).path(name).asText();
    } catch (IOException e) {
      throw new IllegalStateException(body, e);
    }
  }

  /** How often each answer was given, for people. */
  Map<String, Long> summary() {
    Map<String, Long> counts = new HashMap<>();
    for (Told one : told) {
      counts.merge(one.isLost() ? "lost" : one.status() + " " + one.outcome(), 1L, Long::sum);
    }
    return counts;
  }

  /** Waits until whoever had asked a service that is gone knows it. */
  void awaitAnswers() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(underWay::isEmpty);
  }
}
