package io.planwarden.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The floor: the server, router and client that Quarkus brings, in the versions that it brings, and
 * between them nothing but a signature. It checks, limits, retries and records nothing. With a file
 * it writes a line for each edit and sends it when that is on disk.
 */
public final class Bare extends AbstractVerticle {
  private static int port;
  private static int stub;
  private static IntentFile intents;

  private HttpClient client;

  /** Takes the port to listen on, the stub's port and, perhaps, a file for intents. */
  public static void main(String[] arguments) throws IOException {
    port = Integer.parseInt(arguments[0]);
    stub = Integer.parseInt(arguments[1]);
    intents = arguments.length > 2 ? new IntentFile(Path.of(arguments[2])) : null;
    // As many as Quarkus makes by itself, two for each processor; with one it does less.
    int loops = 2 * Runtime.getRuntime().availableProcessors();
    Vertx.vertx().deployVerticle(Bare.class, new DeploymentOptions().setInstances(loops));
  }

  @Override
  public void start() {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(stub),
            new PoolOptions().setHttp1MaxSize(Rig.POOL));
    Router router = Router.router(vertx);
    router.route("/v1/usage-plans/:id").handler(this::handle);
    vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  private void handle(RoutingContext http) {
    HttpServerRequest request = http.request();
    if (request.method() != HttpMethod.PUT) {
      forward(request, null);
    } else if (intents == null) {
      request.body().onSuccess(body -> forward(request, body));
    } else {
      Context context = vertx.getOrCreateContext();
      request
          .body()
          .onSuccess(
              body ->
                  intents.append(
                      line(request, body),
                      () -> context.runOnContext(durable -> forward(request, body))));
    }
  }

  private static byte[] line(HttpServerRequest request, Buffer body) {
    String line = System.currentTimeMillis() + " " + request.uri() + " " + body + "\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private void forward(HttpServerRequest request, Buffer body) {
    RequestOptions options =
        new RequestOptions().setMethod(request.method()).setURI("/api" + request.uri());
    client
        .request(options)
        .compose(call -> send(call, body))
        .compose(
            answer ->
                answer
                    .body()
                    .compose(
                        content ->
                            request
                                .response()
                                .setStatusCode(answer.statusCode())
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(content)))
        .onFailure(failure -> request.response().setStatusCode(502).end());
  }

  private static Future<HttpClientResponse> send(HttpClientRequest call, Buffer body) {
    String now = Long.toString(System.currentTimeMillis());
    call.putHeader(Signature.TIMESTAMP, now)
        .putHeader(Signature.ACCESS_KEY, Signature.KEY)
        .putHeader(Signature.SIGNATURE, Signature.of(call.getMethod().name(), call.getURI(), now));
    if (body == null) {
      return call.send();
    }
    return call.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").send(body);
  }
}
