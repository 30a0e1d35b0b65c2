package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.AppProcess;
import io.planwarden.storage.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many changes a second are made durably by one process on SQLite and by one, two and three on
 * PostgreSQL, in one run on one machine; each change is one call to NCP and two rows. Only with
 * {@code -Plong}; the figures are in docs/scaling.md.
 */
@Tag("load")
class ScalingIT {
  private static final Logger LOG = Logger.getLogger(ScalingIT.class);
  private static final int CLIENTS = 48;
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final Pattern ID = Pattern.compile("\"usagePlanId\":\"(\\w+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir Path folder;

  @Test
  void changesASecond_areMeasured() throws Exception {
    for (int round = 1; round <= 2; round++) {
      measure("SQLite", 1, Map.of("PLANWARDEN_STORAGE_PATH", path(round)));
      for (int replicas = 1; replicas <= 3; replicas++) {
        TestPostgres database = new TestPostgres(folder.resolve(round + "-" + replicas));
        measure(
            "PostgreSQL, " + replicas + " of them",
            replicas,
            Map.of(
                "PLANWARDEN_STORAGE_KIND", "postgresql",
                "PLANWARDEN_STORAGE_URL", database.url(),
                "PLANWARDEN_STORAGE_USERNAME", "postgres",
                "PLANWARDEN_REPLICA_COUNT", "3"));
      }
    }
  }

  private String path(int round) {
    return folder.resolve("planwarden" + round + ".db").toString();
  }

  private void measure(String what, int processes, Map<String, String> settings) throws Exception {
    try (AppProcess sandbox = AppProcess.command("sandbox", "--port", "0")) {
      Map<String, String> environment = new HashMap<>(settings);
      environment.put("PLANWARDEN_NCP_BASE_URL", sandbox.sandboxUrl());
      environment.put("NCP_ACCESS_KEY", "sandboxAccessKey0001");
      environment.put("NCP_SECRET_KEY", "sandboxSecretKey0000000000000000000000001");
      environment.put("PLANWARDEN_RATELIMIT_CHANGES", "0");
      environment.put("PLANWARDEN_UPSTREAM_RATE", "0");
      // Nobody is to be refused while the processes are cold.
      environment.put("PLANWARDEN_AUDIT_PATIENCE", "10s");
      environment.put("PLANWARDEN_CHANGE_BEFORE_READ", "false");
      environment.put("PLANWARDEN_CHANGE_READ_BACK", "false");
      List<AppProcess> replicas = new ArrayList<>();
      try {
        for (int i = 0; i < processes; i++) {
          replicas.add(AppProcess.service(environment));
        }
        List<String> urls = replicas.stream().map(AppProcess::url).toList();
        run(urls, WARM_UP);
        List<Long> took = run(urls, LENGTH);
        took.sort(null);
        LOG.infof(
            "%s: %d changes a second, p50 %.1f ms, p99 %.1f ms",
            what,
            took.size() / LENGTH.toSeconds(),
            took.get(took.size() / 2) / 1e6,
            took.get(took.size() * 99 / 100) / 1e6);
      } finally {
        replicas.forEach(AppProcess::close);
      }
    }
  }

  /** Each client edits a plan of its own, one change after the other; how long each took. */
  private List<Long> run(List<String> urls, Duration length) throws Exception {
    Queue<Long> took = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + length.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String plans = urls.get(i % urls.size()) + "/v1/usage-plans";
        String name = "Plan " + i + " " + end;
        clients.add(CompletableFuture.runAsync(() -> edit(plans, name, end, took), threads));
      }
      clients.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
    return new ArrayList<>(took);
  }

  private void edit(String plans, String name, long end, Queue<Long> took) {
    String created = send("POST", plans, body(name, 1));
    Matcher id = ID.matcher(created);
    assertThat(id.find()).as(created).isTrue();
    for (int i = 0; System.nanoTime() < end; i++) {
      long begin = System.nanoTime();
      send("PUT", plans + "/" + id.group(1), body(name, 2 + i % 1000));
      took.add(System.nanoTime() - begin);
    }
  }

  private static String body(String name, int rate) {
    return "{\"usagePlanName\": \"%s\", \"rateRps\": %d}".formatted(name, rate);
  }

  private String send(String method, String url, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
