package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh sandbox for each test, and a client that signs. Every whole answer for NCP has to be as
 * {@code openapi/ncp-api-gateway.yaml} says, unless the test has set rules for faults.
 */
final class TestSandbox implements BeforeEachCallback, AfterEachCallback {

  static final String FORECAST_PROD = "/products/weather001/apis/forecast01/stages/wfcstprod1";
  static final String FORECAST_BETA = "/products/weather001/apis/forecast01/stages/wfcstbeta1";

  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Signature SIGNATURE =
      new Signature(SandboxSettings.ACCESS_KEY, SandboxSettings.SECRET_KEY);

  final TestClock clock = new TestClock();
  private @Nullable Sandbox sandbox;
  private boolean misbehaves;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    SandboxSettings settings =
        SandboxSettings.defaults().withClock(clock).withRandom(new Random(1));
    sandbox = Sandbox.start(VERTX, settings).toCompletionStage().toCompletableFuture().get();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    running().close().toCompletionStage().toCompletableFuture().get();
  }

  String url() {
    return running().url();
  }

  private Sandbox running() {
    return Objects.requireNonNull(sandbox);
  }

  Answer get(String path) {
    return signed("GET", path, "");
  }

  Answer delete(String path) {
    return signed("DELETE", path, "");
  }

  Answer post(String path, JsonObject body) {
    return signed("POST", path, body.encode());
  }

  Answer put(String path, JsonObject body) {
    return signed("PUT", path, body.encode());
  }

  /** Sends a signed request to a path below {@code /api/v1}. */
  Answer signed(String method, String path, String body) {
    return signedWith(SIGNATURE, method, path, body);
  }

  Answer signedWith(Signature keyPair, String method, String path, String body) {
    return send(signedRequest(keyPair, method, path, body));
  }

  /** Sends a request as a caller does whose clock is ahead. */
  Answer signedAhead(Duration ahead, String method, String path) {
    String target = "/api/v1" + path;
    HttpRequest.Builder request = request(method, target, "");
    headers(SIGNATURE, method, target, clock.instant().plus(ahead)).forEach(request::header);
    return send(request);
  }

  /** Sends a signed request without a body, for answers that are no text. */
  <T> HttpResponse<T> exchange(String method, String path, BodyHandler<T> handler) {
    return exchange(signedRequest(SIGNATURE, method, path, ""), handler);
  }

  private HttpRequest.Builder signedRequest(
      Signature keyPair, String method, String path, String body) {
    String target = "/api/v1" + path;
    HttpRequest.Builder request = request(method, target, body);
    headers(keyPair, method, target, clock.instant()).forEach(request::header);
    return request;
  }

  /** Sends a signed request and gives what comes over the line until it ends. */
  RawAnswer raw(String method, String path, String body) {
    String target = "/api/v1" + path;
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    headers(SIGNATURE, method, target, clock.instant())
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return RawAnswer.to(URI.create(url()), request.toString());
  }

  private static Map<String, String> headers(
      Signature keyPair, String method, String target, Instant now) {
    String timestamp = Long.toString(now.toEpochMilli());
    return Map.of(
        Signature.TIMESTAMP,
        timestamp,
        Signature.ACCESS_KEY,
        keyPair.accessKey(),
        Signature.SIGNATURE,
        keyPair.sign(method, target, timestamp));
  }

  /** An unsigned request to any path. */
  HttpRequest.Builder request(String method, String target, String body) {
    return HttpRequest.newBuilder(URI.create(url() + target))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  Answer send(HttpRequest.Builder request) {
    Answer answer = new Answer(exchange(request, BodyHandlers.ofString()));
    if (!misbehaves) {
      assertEquals(List.of(), answer.faults(), answer.text());
    }
    return answer;
  }

  private static <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return CLIENT.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer control(String method, String path, String body) {
    return send(request(method, "/sandbox/" + path, body));
  }

  void set(String name, Object value) {
    control("PUT", "switches", new JsonObject().put(name, value).encode()).is(200);
  }

  /** Replaces the rules for faults. */
  Answer faults(String... rules) {
    misbehaves = true;
    return control("PUT", "faults", "{\"rules\": [" + String.join(",", rules) + "]}");
  }

  /** The only row of the ledger. */
  JsonObject onlyRow() {
    JsonArray rows = ledger();
    assertEquals(1, rows.size(), rows.encode());
    return rows.getJsonObject(0);
  }

  /** The latest request for NCP. */
  JsonObject lastCall() {
    return control("GET", "calls?limit=1", "").is(200).list("calls").getJsonObject(0);
  }

  /** Waits until the ledger has a row, and gives its only one. */
  JsonObject awaitRow() {
    for (int i = 0; i < 600 && ledger().isEmpty(); i++) {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
          .join();
    }
    return onlyRow();
  }

  JsonArray ledger() {
    return control("GET", "ledger", "").is(200).list("rows");
  }

  /** Creates a plan of that name and gives its id. */
  String create(String name) {
    return post("/usage-plans", new JsonObject().put("usagePlanName", name))
        .is(201)
        .json("usagePlan")
        .getString("usagePlanId");
  }

  Answer attach(String stage, String usagePlanId) {
    return post(stage + "/associate-usage-plan", new JsonObject().put("usagePlanId", usagePlanId));
  }

  Answer detach(String stage, String usagePlanId) {
    return post(
        stage + "/disassociate-usage-plan", new JsonObject().put("usagePlanId", usagePlanId));
  }

  JsonObject plan(String usagePlanId) {
    return get("/usage-plans/" + usagePlanId).is(200).json("usagePlan");
  }

  /** What a key has on {@code wfcstprod1}. */
  JsonObject relation(String apiKeyId) {
    return get("/products/weather001/subscription-detail?stageId=wfcstprod1&apiKeyId=" + apiKeyId)
        .is(200)
        .json("apiKeyRelations")
        .getJsonArray("content")
        .getJsonObject(0);
  }
}
