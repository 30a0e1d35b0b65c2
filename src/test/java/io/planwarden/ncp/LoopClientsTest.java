package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopClientsTest {
  private final VertxInternal vertx =
      (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final LoopClients clients = new LoopClients(vertx::createHttpClient);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void contextsOfOneLoop_shareAClient_andThoseOfAnotherHaveAnother() {
    // Loops take turns.
    Context one = vertx.createEventLoopContext();
    Context other = vertx.createEventLoopContext();
    Context alike = vertx.createEventLoopContext();

    assertThat(clients.of(alike)).isSameAs(clients.of(one)).isNotSameAs(clients.of(other));
    assertThat(clients.of(one)).isSameAs(clients.of(one));
  }

  @Test
  void closed_givesOutNoClient() {
    Context context = vertx.createEventLoopContext();
    clients.of(context);

    clients.close();

    assertThatThrownBy(() -> clients.of(context)).isInstanceOf(IllegalStateException.class);
  }
}
