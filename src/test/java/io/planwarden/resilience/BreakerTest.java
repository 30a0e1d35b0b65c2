package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.FailureClass;
import io.planwarden.problem.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Breaker breaker = new Breaker(new Breaker.Rules(10 * SECOND, 20, 0.5, SECOND, 3));

  @Test
  void halfOfTwentyFailed_opens() {
    end(10, Verdict.UP, 0);
    end(9, Verdict.DOWN, 0);
    assertThat(breaker.refusal(0)).isZero();

    end(1, Verdict.DOWN, 0);

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.refusal(SECOND / 4)).isEqualTo(SECOND * 3 / 4);
  }

  @Test
  void nineteenFailures_areTooFewToJudge() {
    end(19, Verdict.DOWN, 0);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void fewerThanHalf_doNotOpen() {
    for (int i = 0; i < 1_000; i++) {
      end(1, i % 5 < 3 ? Verdict.UP : Verdict.DOWN, 0);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void oldFailures_areForgotten() {
    end(19, Verdict.DOWN, 0);
    end(1, Verdict.DOWN, 10 * SECOND);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void longGoodTime_doesNotDelayTheOpening() {
    end(10_000, Verdict.UP, 0);

    for (int i = 0; i < 3 * 50; i++) {
      end(1, i % 3 == 0 ? Verdict.UP : Verdict.DOWN, SECOND);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void twentyFailuresInARow_openWhateverWasBefore() {
    end(10_000, Verdict.UP, 0);
    end(19, Verdict.DOWN, SECOND);
    end(1, Verdict.UP, SECOND);
    end(19, Verdict.DOWN, SECOND);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);

    end(1, Verdict.DOWN, SECOND);

    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void attemptsWithoutAnswer_sayNothing() {
    end(1_000, Verdict.SILENT, 0);

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void afterTheDelay_oneGoesThroughAndThenAFewCloseIt() {
    end(20, Verdict.DOWN, 0);
    assertThat(breaker.refusal(SECOND)).isZero();
    int first = breaker.admit(SECOND);
    assertThat(breaker.refusal(SECOND)).isEqualTo(SECOND);

    breaker.ended(first, Verdict.UP, SECOND);
    int[] others = new int[2];
    for (int i = 0; i < 2; i++) {
      assertThat(breaker.refusal(SECOND)).isZero();
      others[i] = breaker.admit(SECOND);
    }
    assertThat(breaker.refusal(SECOND)).isEqualTo(SECOND);

    for (int probe : others) {
      assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
      breaker.ended(probe, Verdict.UP, SECOND);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void probeThatIsNotAnswered_keepsOthersOutForADelayOnly() {
    end(20, Verdict.DOWN, 0);
    assertThat(breaker.refusal(SECOND)).isZero();
    breaker.admit(SECOND);
    assertThat(breaker.refusal(SECOND * 5 / 4)).isEqualTo(SECOND * 3 / 4);

    assertThat(breaker.refusal(2 * SECOND)).isZero();
    breaker.admit(2 * SECOND);
    assertThat(breaker.refusal(2 * SECOND)).isEqualTo(SECOND);
    breaker.admit(3 * SECOND);

    assertThat(breaker.refusal(9 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void failedProbe_opensItAgain() {
    end(20, Verdict.DOWN, 0);
    assertThat(breaker.refusal(SECOND)).isZero();

    breaker.ended(breaker.admit(SECOND), Verdict.DOWN, SECOND);

    assertThat(breaker.refusal(SECOND)).isEqualTo(SECOND);
  }

  @Test
  void probeThatSaysNothing_givesItsPlaceToAnother() {
    end(20, Verdict.DOWN, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.refusal(SECOND)).isZero();
      breaker.ended(breaker.admit(SECOND), Verdict.SILENT, SECOND);
    }

    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void lateResultOfAnEarlierState_isIgnored() {
    int late = breaker.admit(0);
    end(20, Verdict.DOWN, 0);
    assertThat(breaker.refusal(SECOND)).isZero();
    breaker.admit(SECOND);

    breaker.ended(late, Verdict.DOWN, SECOND);

    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @ParameterizedTest
  @EnumSource(FailureClass.class)
  void onlyFaultsAndMissingConnections_countAsDown(FailureClass kind) {
    Verdict expected =
        switch (kind) {
          case NEVER_SENT, SERVER_FAULT -> Verdict.DOWN;
          case AMBIGUOUS -> Verdict.SILENT;
          case REFUSED_FOR_NOW, ACCOUNT_QUOTA, PERMANENT, CREDENTIALS -> Verdict.UP;
        };

    assertThat(Verdict.of(Failures.of(kind))).isEqualTo(expected);
  }

  @Test
  void connectionThatBroke_countsAsDown_andAnAnswerThatIsNotUnderstoodDoesNot() {
    assertThat(Verdict.of(Failures.lost())).isEqualTo(Verdict.DOWN);
    assertThat(
            Verdict.of(
                Failures.answered(
                    FailureClass.AMBIGUOUS, ErrorCode.UPSTREAM_UNREADABLE, 200, null)))
        .isEqualTo(Verdict.SILENT);
  }

  @Test
  void openBreaker_refusesAtOnceAndIsNotRetried() {
    World world = new World("rate", "0", "retry.attempts", "1");
    world.ncp.mood = Failures::neverSent;
    for (int i = 0; i < 20; i++) {
      world.read();
    }
    world.time.advanceMillis(20);

    World.Wish wish = world.read();

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
    assertThat(wish.upstream().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(wish.upstream().attempts()).isZero();
    assertThat(world.ncp.sent).hasSize(20);
    assertThat(world.heard.breaker).containsExactly(BreakerState.OPEN);
  }

  @Test
  void waitersAtTheOpening_areRefusedAtOnce() {
    World world = new World("rate", "0", "retry.attempts", "1", "concurrency", "20");
    world.ncp.mood = () -> Failures.fault(502);
    for (int i = 0; i < 90; i++) {
      world.read();
    }

    world.time.advanceMillis(20);

    assertThat(world.ncp.sent).hasSize(20 + 19);
    assertThat(world.resilience.standing().waiting()).isZero();
    assertThat(world.heard.held).containsEntry(Hold.BREAKER, 90 - 39);
  }

  private void end(int count, Verdict verdict, long now) {
    for (int i = 0; i < count; i++) {
      breaker.ended(breaker.admit(now), verdict, now);
    }
  }
}
