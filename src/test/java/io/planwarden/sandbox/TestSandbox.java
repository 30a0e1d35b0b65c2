package io.planwarden.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh sandbox for each test, and a client that signs. */
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
    String timestamp = Long.toString(clock.millis());
    String target = "/api/v1" + path;
    return send(
        request(method, target, body)
            .header(Signature.TIMESTAMP, timestamp)
            .header(Signature.ACCESS_KEY, SandboxSettings.ACCESS_KEY)
            .header(Signature.SIGNATURE, SIGNATURE.sign(method, target, timestamp)));
  }

  /** An unsigned request to any path. */
  HttpRequest.Builder request(String method, String target, String body) {
    return HttpRequest.newBuilder(URI.create(url() + target))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
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
