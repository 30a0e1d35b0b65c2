package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SameContextTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void resultOfAnotherContext_comesBackToEachSubscribersOwn() {
    CompletableFuture<String> shared = new CompletableFuture<>();
    Uni<String> work = SameContext.of(() -> Uni.createFrom().completionStage(shared));
    CompletableFuture<Boolean> first = subscribe(work, vertx.getOrCreateContext());
    CompletableFuture<Boolean> second = subscribe(work, vertx.getOrCreateContext());

    shared.completeAsync(() -> "done");

    assertThat(first.join()).isTrue();
    assertThat(second.join()).isTrue();
  }

  @Test
  void subscriberWithoutAContext_getsTheResultAllTheSame() {
    assertThat(SameContext.of(() -> Uni.createFrom().item(1)).await().indefinitely()).isOne();
  }

  private static CompletableFuture<Boolean> subscribe(Uni<String> work, Context own) {
    CompletableFuture<Boolean> atHome = new CompletableFuture<>();
    own.runOnContext(
        ignored -> work.subscribe().with(done -> atHome.complete(Vertx.currentContext() == own)));
    return atHome;
  }
}
