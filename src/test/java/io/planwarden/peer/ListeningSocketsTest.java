package io.planwarden.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SingleThreadEventLoop;
import io.planwarden.app.Certificates;
import io.planwarden.peer.ConnectionWatch.Settings;
import io.planwarden.peer.Patience.Limits;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ListeningSocketsTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int MOST = 2;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Cut> cuts = new LinkedBlockingQueue<>();
  private final HttpServerOptions options =
      new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHttp2ClearTextEnabled(false);
  private final ListeningSockets sockets = sockets(true, SHORT);

  private ListeningSockets sockets(boolean plain, Duration limit) {
    return new ListeningSockets(
        vertx,
        new Settings(
            new Limits(limit, limit, limit),
            SHORT.dividedBy(5),
            System::nanoTime,
            cuts::add,
            () -> new StrictDecoder(options)),
        plain,
        MOST);
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  private HttpServer opened(ListeningSockets by, Handler<HttpServerRequest> requests)
      throws Exception {
    by.customizeHttpServer(options);
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(requests)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, SECONDS);
    by.opened(new HttpServerStart(options));
    return server;
  }

  @RepeatedTest(20)
  void connectionMadeAtOnce_isWatched() throws Exception {
    HttpServer server = opened(sockets, http -> http.response().end());

    try (Socket early = new Socket("127.0.0.1", server.actualPort())) {
      assertThat(early.isConnected()).isTrue();
      assertThat(cuts.poll(30, SECONDS)).isEqualTo(Cut.SLOW_HEADERS);
    }
  }

  @Test
  void answer_leavesAfterTheTasksOfItsTurn() throws Exception {
    CompletableFuture<Socket> caller = new CompletableFuture<>();
    CompletableFuture<Integer> arrived = new CompletableFuture<>();
    HttpServer server =
        opened(
            sockets(true, Duration.ofSeconds(30)),
            http -> {
              vertx.runOnContext(ignored -> arrived.complete(available(caller.join())));
              http.response().end();
            });

    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      caller.complete(socket);
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));

      assertThat(arrived.get(30, SECONDS)).isZero();
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void connectionOnWhichARequestIsWorkedOn_isNotIdle() throws Exception {
    options.setIdleTimeout(100).setIdleTimeoutUnit(MILLISECONDS);
    HttpServer server =
        opened(
            sockets(true, Duration.ofSeconds(30)),
            http -> vertx.setTimer(500, later -> http.response().end()));

    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));

      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).as("answered, and then closed").startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void connectionsThatAreTooMany_areEndedUntilOthersAre() throws Exception {
    HttpServer server =
        opened(sockets(true, Duration.ofSeconds(30)), http -> http.response().end());
    try (Socket first = new Socket("127.0.0.1", server.actualPort());
        Socket second = new Socket("127.0.0.1", server.actualPort())) {
      assertThat(isServed(first)).isTrue();
      assertThat(isServed(second)).isTrue();
      assertThat(isServedAnew(server)).isFalse();
    }
    Awaitility.await().until(() -> isServedAnew(server));
  }

  private static boolean isServedAnew(HttpServer server) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      return isServed(socket);
    }
  }

  private static boolean isServed(Socket socket) {
    try {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException reset) {
      return false;
    }
  }

  /** The server names itself by the name that it is called by, and so waits for that name first. */
  @Test
  void silence_isCutAlsoWhereTheCertificateDependsOnTheName() throws Exception {
    Path folder = Path.of("target/test-data/sni-" + ProcessHandle.current().pid());
    Certificates certificates = new Certificates(folder);
    certificates.make("server");
    certificates.mount("server", "tls");
    options
        .setSsl(true)
        .setSni(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(folder.resolve("tls.crt").toString())
                .setKeyPath(folder.resolve("tls.key").toString()));
    HttpServer server = opened(sockets, http -> http.response().end());

    try (Socket silent = new Socket("127.0.0.1", server.actualPort())) {
      assertThat(silent.isConnected()).isTrue();
      assertThat(cuts.poll(30, SECONDS)).isEqualTo(Cut.SLOW_HEADERS);
    }
  }

  private static int available(Socket socket) {
    try {
      return socket.getInputStream().available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    sockets(false, SHORT).customizeHttpServer(options);
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
