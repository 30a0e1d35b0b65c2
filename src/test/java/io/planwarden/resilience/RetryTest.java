package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final World world = new World("rate", "0");

  @Test
  void passingFailure_isRetriedAndSucceeds() {
    world.ncp.answering(Failures.fault(500), Failures.neverSent());

    World.Wish wish = world.read();
    world.time.advanceMillis(10_000);

    assertThat(wish.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(3);
    assertThat(world.heard.retries).isEqualTo(2);
  }

  @Test
  void lastingFailure_isSentFourTimesAndSaysSo() {
    world.ncp.mood = () -> Failures.fault(500);

    World.Wish wish = world.read();
    world.time.advanceMillis(30_000);

    assertThat(world.ncp.sent).hasSize(4);
    assertThat(wish.upstream().attempts()).isEqualTo(4);
    assertThat(wish.upstream().status()).isEqualTo(500);
    assertThat(wish.upstream().mayStillLand()).isFalse();
    assertThat(world.heard.givenUp).containsExactly(ResilienceEvents.GivenUp.ATTEMPTS);
  }

  @Test
  void nothingSent_beforeSubscription() {
    var unused =
        world
            .resilience
            .reads()
            .read(
                World.QUERY,
                new io.planwarden.gateway.Call(
                    "a", world.time.in(Duration.ofSeconds(1)), Reach.ALL));

    assertThat(world.ncp.sent).isEmpty();
  }

  @Test
  void pauses_areRandomBelowACeilingThatDoublesUpToTheCap() {
    Backoff backoff = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(2));
    Random random = new Random(1);
    int[] ceilings = {25, 100, 400, 1600, 2000, 2000};

    for (int retry = 1; retry <= ceilings.length; retry++) {
      long most = 0;
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 2_000; i++) {
        long pause = backoff.pause(retry, random).toMillis();
        most = Math.max(most, pause);
        least = Math.min(least, pause);
      }
      assertThat(most).isBetween(ceilings[retry - 1] * 98L / 100, (long) ceilings[retry - 1]);
      assertThat(least).isBetween(0L, ceilings[retry - 1] * 2L / 100);
    }
  }

  @Test
  void hint_isWaitedFor() {
    world.ncp.answering(Failures.throttled(Duration.ofSeconds(3)));

    World.Wish wish = world.send(CallKind.CREATION);
    world.time.advanceMillis(3_019);
    assertThat(world.ncp.sent).hasSize(1);
    world.time.advanceMillis(100);

    assertThat(world.ncp.sent).hasSize(2);
    assertThat(((Receipt) wish.item).attempts()).isEqualTo(2);
    assertThat(((Receipt) wish.item).duration()).isEqualTo(Duration.ofMillis(3_040));
  }

  @Test
  void hintOfAFault_isWaitedForToo() {
    world.ncp.answering(
        Failures.answered(
            FailureClass.SERVER_FAULT, ErrorCode.UPSTREAM_FAILED, 500, Duration.ofSeconds(5)));

    world.read();
    world.time.advanceMillis(5_019);
    assertThat(world.ncp.sent).hasSize(1);
    world.time.advanceMillis(1);

    assertThat(world.ncp.sent).hasSize(2);
  }

  @Test
  void hintBeyondTheDeadline_isGivenBackAtOnceWithTheHint() {
    world.ncp.answering(Failures.throttled(Duration.ofSeconds(40)));

    World.Wish wish = world.read();
    world.time.advanceMillis(20);

    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_THROTTLED);
    assertThat(wish.upstream().retryAfter()).isEqualTo(Duration.ofSeconds(40));
    assertThat(world.heard.givenUp).containsExactly(ResilienceEvents.GivenUp.DEADLINE);
  }

  @Test
  void retryThatWouldStartAtTheDeadline_isNotWaitedFor() {
    world.ncp.answering(Failures.throttled(Duration.ofMillis(980)));

    World.Wish late = world.read("a", Duration.ofMillis(1_000));
    world.time.advanceMillis(20);

    assertThat(late.failure).isNotNull();
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void retryThatStartsJustBeforeTheDeadline_isMade() {
    world.ncp.answering(Failures.throttled(Duration.ofMillis(970)));

    World.Wish wish = world.read("a", Duration.ofMillis(1_000));
    world.time.advanceMillis(1_010);

    assertThat(world.ncp.sent).hasSize(2);
    assertThat(wish.succeeded).isTrue();
  }

  @Test
  void passedDeadline_sendsNothing() {
    World.Wish wish = world.read("a", Duration.ZERO);

    assertThat(world.ncp.sent).isEmpty();
    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(wish.upstream().attempts()).isZero();
    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
  }

  @Test
  void deadlineInTheFarFuture_isNoOverflow() {
    World.Wish wish =
        world
        .new Wish(
            world
                .resilience
                .reads()
                .read(
                    World.QUERY,
                    new io.planwarden.gateway.Call(
                        "a", VirtualTime.START.plus(Duration.ofDays(400_000)), Reach.ALL)));
    world.time.advanceMillis(20);

    assertThat(wish.succeeded).isTrue();
  }

  @Test
  void successAfterAnUnansweredAttempt_saysThatItMayStillLand() {
    world.ncp.answering(Failures.of(FailureClass.AMBIGUOUS));

    World.Wish wish = world.send(CallKind.REPEATABLE);
    world.time.advanceMillis(1_000);

    assertThat(((Receipt) wish.item).attempts()).isEqualTo(2);
    assertThat(((Receipt) wish.item).mayStillLand()).isTrue();
  }

  @Test
  void successAfterAnAnsweredFault_isOver() {
    world.ncp.answering(Failures.fault(500));

    World.Wish wish = world.send(CallKind.REPEATABLE);
    world.time.advanceMillis(1_000);

    assertThat(((Receipt) wish.item).mayStillLand()).isFalse();
  }

  @Test
  void deleteNotFoundAfterAnUnansweredAttempt_saysThatItMayStillLand() {
    for (UpstreamFailure first :
        List.of(Failures.of(FailureClass.AMBIGUOUS), Failures.fault(500), Failures.fault(504))) {
      World fresh = new World("rate", "0");
      fresh.ncp.answering(first, Failures.missing());

      World.Wish wish = fresh.send(new Change.DeletePlan("plan1"));
      fresh.time.advanceMillis(1_000);

      assertThat(wish.upstream().status()).isEqualTo(404);
      assertThat(wish.upstream().attempts()).isEqualTo(2);
      assertThat(wish.upstream().mayStillLand()).isTrue();
    }
  }

  @Test
  void deleteNotFoundAfterNothingWasSent_hadNoEffect() {
    world.ncp.answering(Failures.neverSent(), Failures.missing());

    World.Wish wish = world.send(new Change.DeletePlan("plan1"));
    world.time.advanceMillis(1_000);

    assertThat(wish.upstream().mayStillLand()).isFalse();
  }

  @Test
  void attemptsThatWereRefusedOrNeverSent_areProvedToHaveHadNoEffect() {
    world.ncp.answering(
        Failures.throttled(null),
        Failures.of(FailureClass.AMBIGUOUS),
        Failures.neverSent(),
        Failures.fault(500));

    World.Wish wish = world.send(CallKind.REPEATABLE);
    world.time.advanceMillis(20_000);

    assertThat(wish.upstream().attempts()).isEqualTo(4);
    assertThat(wish.upstream().unproved()).isEqualTo(2);
    assertThat(wish.upstream().mayStillLand()).isTrue();
  }

  @Test
  void readsWithoutAnswer_neverLand() {
    world.ncp.mood = () -> Failures.of(FailureClass.AMBIGUOUS);

    World.Wish wish = world.read();
    world.time.advanceMillis(10_000);

    assertThat(wish.upstream().attempts()).isEqualTo(4);
    assertThat(wish.upstream().mayStillLand()).isFalse();
  }

  @Test
  void unexpectedException_passesUnchanged() {
    IllegalStateException defect = new IllegalStateException("defect");
    world.ncp.mood =
        () -> {
          throw defect;
        };

    World.Wish wish = world.read();

    assertThat(wish.failure).isSameAs(defect);
    assertThat(world.resilience.standing().running()).isZero();
  }

  @Test
  void rejectedKeyPair_isLoadedAgainOnceAndSignedAnew() {
    world.anotherPair = true;
    world.ncp.answering(Failures.of(FailureClass.CREDENTIALS));

    World.Wish wish = world.send(CallKind.CREATION);
    world.time.advanceMillis(100);

    assertThat(((Receipt) wish.item).attempts()).isEqualTo(2);
    assertThat(world.reloads).isEqualTo(1);
  }

  @Test
  void newKeyPairThatIsRejectedToo_isGivenBack() {
    world.anotherPair = true;
    world.ncp.mood = () -> Failures.of(FailureClass.CREDENTIALS);

    World.Wish wish = world.read();
    world.time.advanceMillis(1_000);

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.CREDENTIALS);
    assertThat(wish.upstream().attempts()).isEqualTo(2);
    assertThat(world.reloads).isEqualTo(1);
    // Two pairs that are both refused take turns, and each is another one than the last.
    assertThat(world.heard.loadedInVain).isEqualTo(1);
  }

  @Test
  void sameKeyPairAfterLoading_isNotTriedAgain() {
    world.ncp.answering(Failures.of(FailureClass.CREDENTIALS));

    World.Wish wish = world.read();
    world.time.advanceMillis(1_000);

    assertThat(wish.failure).isNotNull();
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void manyCallsWithTheOldKeyPair_loadItOnceAndAllSucceed() {
    world.anotherPair = true;
    UpstreamFailure rejected = Failures.of(FailureClass.CREDENTIALS);
    world.ncp.answering(rejected, rejected, rejected);

    List<World.Wish> wishes = List.of(world.read(), world.read(), world.read());
    world.time.advanceMillis(100);

    assertThat(wishes).allMatch(wish -> wish.succeeded);
    assertThat(world.reloads).isEqualTo(1);
    assertThat(world.heard.loadedInVain).isZero();
  }

  @Test
  void keyPairExchangedMeanwhile_leavesTheCallItsReload() {
    world.anotherPair = true;
    UpstreamFailure rejected = Failures.of(FailureClass.CREDENTIALS);
    world.ncp.answering(rejected, rejected);

    World.Wish wish = world.read();
    world.keyPair++;
    world.time.advanceMillis(100);

    assertThat(wish.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(3);
    assertThat(world.reloads).isEqualTo(1);
  }

  @Test
  void keyPairsThatAreAllRejected_areTriedThreeTimesAtMost() {
    world.anotherPair = true;
    world.ncp.mood =
        () -> {
          world.keyPair++;
          return Failures.of(FailureClass.CREDENTIALS);
        };

    World.Wish wish = world.read();
    world.time.advanceMillis(1_000);

    assertThat(wish.failure).isNotNull();
    assertThat(world.ncp.sent).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void retryThatTheGateRefuses_isNotCounted() {
    World strict = new World("rate", "0", "breaker.calls", "5", "breaker.delay", "10s");
    strict.ncp.mood = () -> Failures.fault(500);
    strict.ncp.answering(
        Failures.answered(
            FailureClass.SERVER_FAULT, ErrorCode.UPSTREAM_FAILED, 500, Duration.ofSeconds(5)));

    World.Wish wish = strict.read();
    for (int i = 0; i < 4; i++) {
      // Never sent again.
      strict.send(CallKind.CREATION);
    }
    strict.time.advanceMillis(6_000);

    assertThat(strict.heard.breaker).containsExactly(BreakerState.OPEN);
    assertThat(strict.heard.held).containsEntry(Hold.BREAKER, 1);
    assertThat(wish.upstream().attempts()).isEqualTo(1);
    assertThat(strict.heard.retries).isZero();
  }

  @Test
  void cancelledDuringThePause_isNotSentAgain() {
    world.ncp.answering(Failures.throttled(Duration.ofSeconds(5)));
    World.Wish wish = world.read();
    world.time.advanceMillis(1_000);

    wish.subscription.cancel();
    world.time.advanceMillis(10_000);

    assertThat(world.ncp.sent).hasSize(1);
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void cancelledUnderWay_isCancelledUpstreamAndFreesItsPlace() {
    world.ncp.silent = true;
    World.Wish wish = world.read();
    assertThat(world.resilience.standing().running()).isEqualTo(1);

    wish.subscription.cancel();

    assertThat(world.ncp.cancelled).isEqualTo(1);
    assertThat(world.resilience.standing().running()).isZero();
  }
}
