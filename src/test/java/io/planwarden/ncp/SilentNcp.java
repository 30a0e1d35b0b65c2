package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that answers only what a test makes it answer, and exchanges with it. */
final class SilentNcp implements BeforeEachCallback, AfterEachCallback {
  static final Call LATER = new Call("c", FakeNcp.NOW.plusSeconds(30), Reach.ALL);
  static final NcpRequest REQUEST = get("/api/v1/products");

  private final BlockingQueue<HttpServerRequest> received = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(FakeNcp.NOW);
  // Each event loop has a pool of its own; on one, a call finds the connections of the one before.
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private @Nullable HttpServer server;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server = done(vertx.createHttpServer().requestHandler(received::add).listen(0, "127.0.0.1"));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    done(vertx.close());
  }

  static NcpRequest get(String target) {
    return new NcpRequest(HttpMethod.GET, target, null);
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static CompletableFuture<Answer> pooled(Exchange exchange) {
    return exchange.send(REQUEST, Connection.POOLED, LATER).subscribeAsCompletionStage();
  }

  Exchange exchange(Supplier<Credentials> credentials, int poolSize, Duration timeout) {
    URI here = URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).actualPort());
    return exchange(here, credentials, poolSize, timeout);
  }

  /** With another server than this. */
  Exchange exchange(URI other, Supplier<Credentials> credentials) {
    return exchange(other, credentials, 8, Duration.ofSeconds(10));
  }

  private Exchange exchange(
      URI origin, Supplier<Credentials> credentials, int poolSize, Duration timeout) {
    NcpSettings settings =
        new NcpSettings(
            origin, Duration.ofSeconds(2), timeout, Duration.ofSeconds(5), poolSize, 4096);
    return new Exchange(vertx, settings, credentials, now::get, (sent, received, date) -> {});
  }

  Exchange exchange() {
    return exchange(() -> FakeNcp.KEYS, 8, Duration.ofSeconds(10));
  }

  /** The next request that arrives. */
  HttpServerRequest next() throws InterruptedException {
    HttpServerRequest request = received.poll(20, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return Objects.requireNonNull(request);
  }

  /** Of what was to be sent before, nothing arrived: what is sent now comes first, and alone. */
  void nothingWasSent(Exchange exchange) throws Exception {
    String marker = "/marker";
    var answer = exchange.send(get(marker), Connection.FRESH, LATER).subscribeAsCompletionStage();
    HttpServerRequest request = next();
    assertThat(request.uri()).isEqualTo(marker);
    done(request.response().end());
    answer.get(20, TimeUnit.SECONDS);
    assertThat(received).isEmpty();
  }

  void setNow(Instant instant) {
    now.set(instant);
  }

  Vertx vertx() {
    return vertx;
  }
}
