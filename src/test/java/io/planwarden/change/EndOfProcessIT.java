package io.planwarden.change;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.AppProcess;
import io.planwarden.app.SandboxClient;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.file.Path;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of changes when the process is told to stop, or is killed. */
class EndOfProcessIT {
  private static final int CHANGES = 12;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(CHANGES);
  private AppProcess sandboxProcess;
  private SandboxClient sandbox;

  @BeforeEach
  void start() {
    sandboxProcess = AppProcess.command("sandbox", "--port", "0");
    sandbox = new SandboxClient(URI.create(sandboxProcess.sandboxUrl()));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    sandboxProcess.close();
  }

  @Test
  void stopUnderLoad_dropsNothingThatWasAccepted() throws Exception {
    try (AppProcess app = app()) {
      String url = app.url();
      sandbox.misbehave(List.of(Map.of("fault", "delay", "match", "change", "delayMs", 1_000)));
      List<CompletableFuture<Response>> answers = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        String name = "P" + i;
        answers.add(CompletableFuture.supplyAsync(() -> create(url, name), threads));
      }
      awaitCalls();

      app.terminate();

      for (CompletableFuture<Response> answer : answers) {
        assertThat(answer.get().statusCode()).as(answer.get().asString()).isEqualTo(201);
      }
      app.exitCode();
    }
    assertThat(sandbox.ledger()).hasSize(CHANGES);
  }

  @Test
  void killedProcess_leavesWhatTheNextOneSettles() throws Exception {
    try (AppProcess app = app()) {
      String url = app.url();
      sandbox.misbehave(
          List.of(
              Map.of("fault", "never-answer-applied", "match", "create-plan"),
              Map.of("fault", "never-answer", "match", "edit-plan")));
      CompletableFuture.runAsync(() -> create(url, "Orphan"), threads);
      CompletableFuture.runAsync(() -> edit(url), threads);
      Awaitility.await().until(() -> sandbox.fired().equals(List.of(1, 1)));
      app.handle().destroyForcibly();
      app.exitCode();
    }
    sandbox.misbehave(List.of());

    try (AppProcess next = app()) {
      String url = next.url();
      assertThat(edit(url).jsonPath().getString("code")).isEqualTo("change-in-flight");
      assertThat(settled(url, "create-plan")).isEqualTo("adopted");
      assertThat(settled(url, "edit-plan")).isEqualTo("not_applied");
      assertThat(edit(url).statusCode()).isEqualTo(200);
    }
    assertThat(sandbox.ledger()).hasSize(2);
  }

  @Test
  void changeOfAMomentBeforeTheEnd_isNotForgotten() throws Exception {
    try (AppProcess app = app("60s")) {
      assertThat(assign(app.url()).header("Operation-Outcome")).isEqualTo("applied");
      app.terminate();
      app.exitCode();
    }

    try (AppProcess next = app("60s")) {
      // What NCP shows is not believed yet.
      assertThat(assign(next.url()).header("Operation-Outcome")).isEqualTo("applied");
    }
  }

  private static String settled(String url, String action) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                given()
                    .baseUri(url)
                    .get("/v1/audit")
                    .jsonPath()
                    .<String>getList(
                        "items.findAll { it.action == '"
                            + action
                            + "' && it.phase == 'resolution' }.outcome"),
            outcomes -> !outcomes.isEmpty())
        .get(0);
  }

  private void awaitCalls() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> sandbox.fired().equals(List.of(CHANGES)));
  }

  private AppProcess app() {
    return app("10s");
  }

  private AppProcess app(String stalenessWindow) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PLANWARDEN_STORAGE_PATH", folder.resolve("planwarden.db").toString());
    settings.put("PLANWARDEN_NCP_BASE_URL", sandboxProcess.sandboxUrl());
    settings.put("NCP_ACCESS_KEY", "sandboxAccessKey0001");
    settings.put("NCP_SECRET_KEY", "sandboxSecretKey0000000000000000000000001");
    settings.put("PLANWARDEN_UPSTREAM_RATE", "0");
    settings.put("PLANWARDEN_REQUEST_DEADLINE", "8s");
    settings.put("PLANWARDEN_NCP_ATTEMPT_TIMEOUT", "5s");
    settings.put("PLANWARDEN_CHANGE_HORIZON", "2s");
    settings.put("PLANWARDEN_CHANGE_STALENESS_WINDOW", stalenessWindow);
    return AppProcess.service(settings);
  }

  private static Response create(String url, String name) {
    return given()
        .baseUri(url)
        .contentType(ContentType.JSON)
        .body(Map.of("usagePlanName", name))
        .post("/v1/usage-plans");
  }

  private static Response assign(String url) {
    return given()
        .baseUri(url)
        .contentType(ContentType.JSON)
        .body(Map.of("usagePlanId", "planfree01"))
        .put("/v1/stages/weather001:forecast01:wfcstprod1/api-keys/keyacme001/usage-plan");
  }

  private static Response edit(String url) {
    return given()
        .baseUri(url)
        .contentType(ContentType.JSON)
        .body(Map.of("usagePlanName", "Open", "rateRps", 7))
        .put("/v1/usage-plans/planopen01");
  }
}
