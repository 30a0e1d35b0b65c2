package io.planwarden.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SingleThreadEventLoop;
import io.planwarden.peer.ConnectionWatch.Settings;
import io.planwarden.peer.Patience.Limits;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ListeningSocketsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Cut> cuts = new LinkedBlockingQueue<>();
  private final HttpServerOptions options =
      new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHttp2ClearTextEnabled(false);
  private final ListeningSockets sockets = sockets(true);

  private ListeningSockets sockets(boolean plain) {
    return new ListeningSockets(
        vertx,
        new Settings(
            new Limits(SHORT, SHORT, SHORT),
            SHORT.dividedBy(5),
            System::nanoTime,
            cuts::add,
            () -> new StrictDecoder(options)),
        plain);
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @RepeatedTest(20)
  void connectionMadeAtOnce_isWatched() throws Exception {
    sockets.customizeHttpServer(options);
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(http -> http.response().end())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, SECONDS);
    sockets.opened(new HttpServerStart(options));

    try (Socket early = new Socket("127.0.0.1", server.actualPort())) {
      assertThat(early.isConnected()).isTrue();
      assertThat(cuts.poll(30, SECONDS)).isEqualTo(Cut.SLOW_HEADERS);
    }
  }

  @Test
  void watch_lastsUntilAllIsOpened() throws Exception {
    HttpServerOptions tls = new HttpServerOptions().setKeyCertOptions(new PemKeyCertOptions());
    sockets.customizeHttpServer(options);
    sockets.customizeHttpsServer(tls);
    assertThat(tasksThatWait()).isEqualTo(1);

    sockets.opened(new HttpServerStart(options));
    assertThat(tasksThatWait()).isEqualTo(1);

    sockets.opened(new HttpsServerStart(tls));
    tasksThatWait();
    assertThat(tasksThatWait()).isZero();
  }

  @Test
  void socketThatIsAnnouncedAndNeverOpened_isNotWaitedFor() throws Exception {
    sockets(false).customizeHttpServer(options);
    sockets.customizeHttpsServer(new HttpServerOptions());

    assertThat(tasksThatWait()).isZero();
  }

  /** How many tasks wait on the loop that accepts connections, besides this look at them. */
  private int tasksThatWait() throws Exception {
    var loop =
        (SingleThreadEventLoop)
            ((VertxInternal) vertx).getAcceptorEventLoopGroup().iterator().next();
    return loop.submit(loop::pendingTasks).get(10, SECONDS);
  }
}
