package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    await(vertx.close());
  }

  @Test
  void started_listensWhereItSays() throws Exception {
    Sandbox sandbox = await(Sandbox.start(vertx, SandboxSettings.defaults()));

    assertNotEquals(0, sandbox.port());
    assertEquals("http://127.0.0.1:" + sandbox.port(), sandbox.url());
    new Socket(InetAddress.getLoopbackAddress(), sandbox.port()).close();
  }

  /** The system may still accept a connection for a moment, but nobody answers it. */
  @Test
  void closed_answersNoMore() throws Exception {
    Sandbox sandbox = await(Sandbox.start(vertx, SandboxSettings.defaults()));
    HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url())).build();

    await(sandbox.close());

    assertThrows(
        IOException.class,
        () -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()));
  }

  @Test
  void twoSandboxesInOneVertx_eachOnItsOwnPort() throws Exception {
    Sandbox one = await(Sandbox.start(vertx, SandboxSettings.defaults()));
    Sandbox two = await(Sandbox.start(vertx, SandboxSettings.defaults()));

    assertNotEquals(one.port(), two.port());
  }

  @Test
  void portTaken_startFails() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SandboxSettings settings = SandboxSettings.defaults().withPort(taken.getLocalPort());

      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> await(Sandbox.start(vertx, settings)));

      assertInstanceOf(BindException.class, failure.getCause());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
