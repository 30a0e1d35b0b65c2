package io.planwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopGuardTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void databaseOnAnEventLoop_isRefused() {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    vertx.runOnContext(
        ignored -> {
          try {
            EventLoopGuard.check();
            thrown.complete(null);
          } catch (IllegalStateException e) {
            thrown.complete(e);
          }
        });

    assertThat(thrown.join()).hasMessageContaining("event-loop thread");
  }

  @Test
  void databaseElsewhere_isFine() {
    assertThatCode(EventLoopGuard::check).doesNotThrowAnyException();
  }
}
