package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real threads. */
class ContextTest {
  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

  @AfterEach
  void stop() throws Exception {
    timer.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void attemptsAndResult_areOnTheContextOfTheSubscriber() throws Exception {
    List<Context> seen = new CopyOnWriteArrayList<>();
    AtomicInteger attempts = new AtomicInteger();
    Resilience resilience =
        resilience(
            new GatewayReads() {
              @Override
              public <T> Uni<T> read(Query<T> query, Call call) {
                return Uni.createFrom()
                    .emitter(
                        emitter -> {
                          seen.add(Vertx.currentContext());
                          if (attempts.incrementAndGet() < 3) {
                            emitter.fail(Failures.fault(500));
                          } else {
                            timer.execute(() -> emitter.complete(null));
                          }
                        });
              }
            },
            "rate",
            "0",
            "retry.base",
            "10ms");
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Context> end = new CompletableFuture<>();

    context.runOnContext(
        ignored ->
            resilience
                .reads()
                .read(World.QUERY, call(10))
                .subscribe()
                .with(item -> end.complete(Vertx.currentContext()), end::completeExceptionally));

    assertThat(end.get(10, TimeUnit.SECONDS)).isSameAs(context);
    assertThat(seen).hasSize(3).allMatch(each -> each == context);
  }

  @Test
  void manyThreads_keepRateAndPlaces() throws Exception {
    List<Long> sent = new CopyOnWriteArrayList<>();
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Resilience resilience =
        resilience(
            new GatewayReads() {
              @Override
              public <T> Uni<T> read(Query<T> query, Call call) {
                return Uni.createFrom()
                    .emitter(
                        emitter -> {
                          sent.add(System.nanoTime());
                          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                          timer.schedule(
                              () -> {
                                underWay.decrementAndGet();
                                emitter.complete(null);
                              },
                              ThreadLocalRandom.current().nextInt(5),
                              TimeUnit.MILLISECONDS);
                        });
              }
            },
            "rate",
            "100",
            "concurrency",
            "5",
            "queue",
            "1000",
            "queue-per-caller",
            "1000");
    List<CompletableFuture<Object>> ends = new ArrayList<>();

    for (int i = 0; i < 250; i++) {
      CompletableFuture<Object> end = new CompletableFuture<>();
      ends.add(end);
      vertx
          .getOrCreateContext()
          .runOnContext(
              ignored ->
                  resilience
                      .reads()
                      .read(World.QUERY, call(20))
                      .subscribe()
                      .with(end::complete, end::completeExceptionally));
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

    assertThat(sent).hasSize(250);
    assertThat(most.get()).isLessThanOrEqualTo(5);
    assertThat(resilience.standing().running()).isZero();
    long[] times = sent.stream().mapToLong(Long::longValue).sorted().toArray();
    for (int i = 100; i < times.length; i++) {
      assertThat(times[i] - times[i - 100]).isGreaterThan(1_000_000_000L);
    }
  }

  private Resilience resilience(GatewayReads reads, String... config) {
    ResilienceConfig settings = Configs.with(config);
    return new Resilience(
        reads,
        (change, call) -> Uni.createFrom().nothing(),
        settings,
        settings::rate,
        new Surroundings(Clock.systemUTC(), System::nanoTime, timer, new Random(1)),
        World.ONE_PAIR,
        ResilienceEvents.NONE);
  }

  private static Call call(int seconds) {
    return new Call("a", Clock.systemUTC().instant().plus(Duration.ofSeconds(seconds)), Reach.ALL);
  }
}
