package io.planwarden.ncp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LateFlushTest {
  @RegisterExtension final SilentNcp ncp = new SilentNcp();

  @Test
  void callOnAKeptConnection_leavesAfterTheTasksOfItsTurn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> arrived = new CompletableFuture<>();
      CompletableFuture<Socket> kept = new CompletableFuture<>();
      // Asked for right before a call is written, so this task is the next but before the flush.
      Runnable beforeFlush = () -> arrived.complete(available(kept.join()));
      Exchange exchange =
          ncp.exchange(
              URI.create("http://127.0.0.1:" + server.getLocalPort()),
              () -> {
                if (kept.isDone()) {
                  Vertx.currentContext().runOnContext(ignored -> beforeFlush.run());
                }
                return FakeNcp.KEYS;
              });
      CompletableFuture<Answer> first = SilentNcp.pooled(exchange);
      try (Socket connection = server.accept()) {
        connection.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        BufferedReader requests =
            new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
        answer(requests, connection);
        first.get(20, TimeUnit.SECONDS);
        kept.complete(connection);

        CompletableFuture<Answer> second = SilentNcp.pooled(exchange);

        assertThat(arrived.get(20, TimeUnit.SECONDS)).isZero();
        answer(requests, connection);
        assertThat(second.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }
  }

  private static void answer(BufferedReader requests, Socket connection) throws IOException {
    String line = requests.readLine();
    while (line != null && !line.isEmpty()) {
      line = requests.readLine();
    }
    connection
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
  }

  private static int available(Socket socket) {
    try {
      return socket.getInputStream().available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
