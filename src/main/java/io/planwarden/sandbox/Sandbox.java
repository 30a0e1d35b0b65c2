package io.planwarden.sandbox;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A running simulated NCP on a loopback port. All of its state belongs to one event loop, that of
 * its only verticle; it is looked at and steered over HTTP, under {@code /sandbox/}.
 */
public final class Sandbox {

  private final Vertx vertx;
  private final SandboxSettings settings;
  private final Listener listener;
  private final String deploymentId;

  private Sandbox(Vertx vertx, SandboxSettings settings, Listener listener, String deploymentId) {
    this.vertx = vertx;
    this.settings = settings;
    this.listener = listener;
    this.deploymentId = deploymentId;
  }

  /** Starts a sandbox with the seed data; fails if its port is taken. */
  public static Future<Sandbox> start(Vertx vertx, SandboxSettings settings) {
    Listener listener = new Listener(settings);
    return vertx
        .deployVerticle(listener)
        .map(deploymentId -> new Sandbox(vertx, settings, listener, deploymentId));
  }

  /** The port it listens on. */
  public int port() {
    return Objects.requireNonNull(listener.server).actualPort();
  }

  /** The origin to send requests to, such as {@code http://127.0.0.1:8091}. */
  public String url() {
    String host = settings.host();
    boolean bracket = host.contains(":") && !host.startsWith("[");
    return "http://%s:%d".formatted(bracket ? "[" + host + "]" : host, port());
  }

  /** Stops listening and forgets everything. */
  public Future<Void> close() {
    return vertx.undeploy(deploymentId);
  }

  private static final class Listener extends AbstractVerticle {

    // As the real gateway is addressed; it also keeps one request to one connection at a time.
    private static final HttpServerOptions HTTP_1 =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            // It stands for another system, also where it runs inside of Planwarden.
            .setTracingPolicy(TracingPolicy.IGNORE);

    private final SandboxSettings settings;
    private volatile @Nullable HttpServer server;

    Listener(SandboxSettings settings) {
      this.settings = settings;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServer created = vertx.createHttpServer(HTTP_1);
      server = created;
      created
          .requestHandler(Front.of(settings, Pause.by(vertx))::handle)
          .listen(settings.port(), settings.host())
          .<Void>mapEmpty()
          .onComplete(started);
    }

    @Override
    public void stop(Promise<Void> stopped) {
      Objects.requireNonNull(server).close().onComplete(stopped);
    }
  }
}
