package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessLocksTest {
  private static final LockKey A = LockKey.plan("a");
  private static final LockKey B = LockKey.plan("b");
  private static final LockKey C = LockKey.plan("c");

  private final HandClock timer = new HandClock();
  private final ProcessLocks locks = new ProcessLocks(timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void freeKeys_areGivenAtOnce() {
    assertThat(new Wish(A, B).held).isNotNull();
  }

  @Test
  void differentKeys_doNotWaitForEachOther() {
    new Wish(A);

    assertThat(new Wish(B).held).isNotNull();
  }

  @Test
  void sameKey_isGivenInTheOrderOfAsking() {
    Wish first = new Wish(A);
    Wish second = new Wish(A);
    Wish third = new Wish(A);

    first.held.release();

    assertThat(second.held).isNotNull();
    assertThat(third.held).isNull();
    second.held.release();
    assertThat(third.held).isNotNull();
  }

  @Test
  void severalKeys_areAllHeldOrWaitedFor() {
    Wish b = new Wish(B);
    Wish ab = new Wish(A, B);
    Wish a = new Wish(A);

    assertThat(a.held).isNull();
    b.held.release();
    assertThat(ab.held).isNotNull();
    assertThat(a.held).isNull();
    ab.held.release();
    assertThat(a.held).isNotNull();
  }

  @Test
  void tooLongAWait_failsAndGivesBackWhatWasTaken() {
    Wish b = new Wish(B);
    Wish ab = new Wish(A, B);

    timer.runAll();

    assertThat(ab.failure).isInstanceOf(FacadeException.class);
    assertThat(((FacadeException) ab.failure).code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(new Wish(A).held).isNotNull();
    b.held.release();
    assertThat(new Wish(B).held).isNotNull();
  }

  @Test
  void waiterThatGaveUp_isPassedOver() {
    Wish first = new Wish(C);
    Wish late = new Wish(C);
    timer.runAll();
    Wish third = new Wish(C);

    first.held.release();

    assertThat(late.held).isNull();
    assertThat(third.held).isNotNull();
  }

  @Test
  void waitThatIsOverWhenTheLastKeyIsGiven_endsWithTheKeys() {
    Wish ab = new Wish(A, B);
    Wish a = new Wish(timer::runAll, A);
    Wish b = new Wish(B);

    // The first of the two who are served lets the time of the second pass before it is told.
    ab.held.release();

    assertThat(a.held).isNotNull();
    assertThat(b.held).isNotNull();
    b.held.release();
    assertThat(new Wish(B).held).isNotNull();
  }

  @Test
  void whoWaited_goesOnInItsOwnContextAndTurn() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      ContextInternal loop = (ContextInternal) vertx.getOrCreateContext();
      ContextInternal waiter = loop.duplicate();
      List<Context> heard = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<Boolean> inTheTurnOfTheRelease = new CompletableFuture<>();
      Wish first = new Wish(A);
      waiter.runOnContext(begun -> new Wish(() -> heard.add(Vertx.currentContext()), A));
      loop.duplicate()
          .runOnContext(
              begun -> {
                first.held.release();
                inTheTurnOfTheRelease.complete(!heard.isEmpty());
              });

      assertThat(inTheTurnOfTheRelease.get(10, TimeUnit.SECONDS)).isFalse();
      CompletableFuture<Void> turn = new CompletableFuture<>();
      loop.runOnContext(later -> turn.complete(null));
      turn.get(10, TimeUnit.SECONDS);
      assertThat(heard).containsExactly(waiter);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private final class Wish {
    Locks.Held held;
    Throwable failure;

    Wish(LockKey... keys) {
      this(() -> {}, keys);
    }

    Wish(Runnable served, LockKey... keys) {
      locks
          .acquire(new TreeSet<>(List.of(keys)), Duration.ofSeconds(10))
          .subscribe()
          .with(
              h -> {
                held = h;
                served.run();
              },
              f -> failure = f);
    }
  }

  /** Runs what is scheduled when the test says so. */
  private static final class HandClock extends ScheduledThreadPoolExecutor {
    private final List<Runnable> due = new ArrayList<>();

    HandClock() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      ScheduledFuture<?> never = super.schedule(() -> {}, 1, TimeUnit.DAYS);
      due.add(
          () -> {
            if (!never.isCancelled()) {
              task.run();
            }
          });
      return never;
    }

    void runAll() {
      List.copyOf(due).forEach(Runnable::run);
      due.clear();
    }
  }
}
