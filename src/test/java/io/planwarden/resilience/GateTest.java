package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Reach;
import io.planwarden.problem.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @Test
  void quietCaller_isServedNextWhateverALoudOneAsks() {
    World world = new World("rate", "2");
    for (int i = 0; i < 50; i++) {
      world.read("loud", PATIENT);
    }

    world.read("quiet", PATIENT);
    world.time.advanceMillis(1_100);

    assertThat(world.ncp.callers).containsExactly("loud", "loud", "loud", "quiet");
  }

  @Test
  void lineOfOneCaller_isBoundedAlone() {
    World world = new World("rate", "1", "queue-per-caller", "3");
    List<World.Wish> loud = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      loud.add(world.read("loud", PATIENT));
    }
    World.Wish quiet = world.read("quiet", PATIENT);

    assertThat(loud.get(4).upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
    assertThat(loud.get(4).upstream().retryAfter()).isEqualTo(Duration.ofMillis(4 * 1_100));
    assertThat(quiet.isOver()).isFalse();
    assertThat(world.heard.held).containsOnlyKeys(Hold.CALLER_FULL);
  }

  @Test
  void fullQueue_givesAPlaceOfTheLongestLineToANewcomer() {
    World world = new World("rate", "1", "queue", "4");
    List<World.Wish> loud = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      loud.add(world.read("loud", PATIENT));
    }
    World.Wish quiet = world.read("quiet", PATIENT);

    assertThat(loud.get(5).failure).isNotNull();
    assertThat(loud.get(4).upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
    assertThat(quiet.isOver()).isFalse();
    assertThat(world.resilience.standing().waiting()).isEqualTo(4);
    assertThat(world.heard.held).containsEntry(Hold.QUEUE_FULL, 2);
  }

  @Test
  void turnAfterTheDeadline_isRefusedAtOnceWithTheTimeOfTheTurn() {
    World world = new World("rate", "1");
    world.read();

    World.Wish wish = world.read("a", Duration.ofSeconds(1));

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
    assertThat(wish.upstream().retryAfter()).isEqualTo(Duration.ofMillis(1_100));
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void waitPastTheDeadline_endsAtTheDeadline() {
    World world = new World("rate", "0", "concurrency", "1");
    world.ncp.silent = true;
    world.read();
    World.Wish wish = world.read("a", Duration.ofSeconds(2));

    world.time.advanceMillis(1_999);
    assertThat(wish.isOver()).isFalse();
    world.time.advanceMillis(1);

    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
    assertThat(wish.upstream().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(world.resilience.standing().waiting()).isZero();
  }

  @Test
  void attemptsUnderWay_areNoMoreThanAllowed() {
    World world = new World("rate", "0", "concurrency", "3");

    List<World.Wish> wishes =
        IntStream.range(0, 20).mapToObj(i -> world.read("c" + i, PATIENT)).toList();
    world.time.advanceMillis(20 * 7);

    assertThat(world.ncp.mostUnderWay).isEqualTo(3);
    assertThat(wishes).allMatch(wish -> wish.succeeded);
    assertThat(world.heard.sent).isEqualTo(20);
    assertThat(world.resilience.standing().running()).isZero();
  }

  @Test
  void cancelledWaiter_leavesTheQueueAndTheTimer() {
    World world = new World("rate", "1");
    world.read();
    World.Wish second = world.read();
    World.Wish third = world.read();

    second.subscription.cancel();
    world.time.advanceMillis(1_200);

    assertThat(third.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(2);
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void cancelledAttempt_letsTheNextOneIn() {
    World world = new World("rate", "0", "concurrency", "1");
    world.ncp.silent = true;
    World.Wish first = world.read();
    world.ncp.silent = false;
    World.Wish second = world.read();

    first.subscription.cancel();
    world.time.advanceMillis(20);

    assertThat(second.succeeded).isTrue();
  }

  @Test
  void passing429_pausesAllForASecondOrAsItSays() {
    World world = new World("rate", "0");
    world.ncp.answering(Failures.throttled(null), Failures.throttled(Duration.ofSeconds(4)));
    world.read();
    world.time.advanceMillis(20);
    World.Wish other = world.read("b", PATIENT);

    world.time.advanceMillis(999);
    assertThat(world.ncp.sent).hasSize(1);
    world.time.advanceMillis(21);
    assertThat(world.ncp.sent).hasSize(3);
    world.read("c", PATIENT);
    world.time.advanceMillis(3_900);
    assertThat(world.ncp.sent).hasSize(3);

    assertThat(world.heard.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
    world.time.advanceMillis(500);
    assertThat(other.succeeded).isTrue();
  }

  @Test
  void hugeHint_silencesForAMinuteAtMost() {
    World world = new World("rate", "0");
    world.ncp.answering(Failures.throttled(Duration.ofDays(1)));
    World.Wish wish = world.read();
    world.time.advanceMillis(20);

    World.Wish other = world.read("b", Duration.ofMinutes(2));
    world.time.advance(Duration.ofMinutes(1));

    assertThat(wish.upstream().retryAfter()).isEqualTo(Duration.ofDays(1));
    assertThat(world.ncp.sent).hasSize(2);
    world.time.advanceMillis(20);
    assertThat(other.succeeded).isTrue();
  }

  @Test
  void exhaustedQuotaAnd503WithHint_doNotPauseTheOthers() {
    World world = new World("rate", "0");
    world.ncp.answering(
        Failures.of(FailureClass.ACCOUNT_QUOTA),
        Failures.answered(
            FailureClass.REFUSED_FOR_NOW, ErrorCode.UPSTREAM_FAILED, 503, Duration.ofSeconds(9)));
    world.read();
    world.read();
    world.time.advanceMillis(20);

    World.Wish other = world.read("b", PATIENT);
    world.time.advanceMillis(20);

    assertThat(other.succeeded).isTrue();
    assertThat(world.heard.pauses).isEmpty();
  }

  @Test
  void retryThatFindsNoTurn_tellsWhatIsKnown() {
    World world = new World("rate", "1");
    world.ncp.answering(Failures.of(FailureClass.AMBIGUOUS));

    World.Wish wish =
        world
        .new Wish(
            world
                .resilience
                .writes()
                .send(
                    World.CHANGES.get(CallKind.REPEATABLE),
                    new Call("a", world.time.in(Duration.ofSeconds(1)), Reach.ALL)));
    world.time.advanceMillis(300);

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(wish.upstream().mayStillLand()).isTrue();
    assertThat(wish.upstream().attempts()).isEqualTo(1);
    assertThat(wish.upstream().retryAfter()).isPositive();
  }

  @Test
  void callWithoutLeave_isNotSent() {
    World world = new World("rate", "10");
    boolean[] leave = {false};
    Call call = new Call("a", world.time.in(PATIENT), Reach.ALL).changing(() -> leave[0]);

    World.Wish wish =
        world
        .new Wish(world.resilience.writes().send(World.CHANGES.get(CallKind.REPEATABLE), call));

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(world.ncp.sent).isEmpty();
    assertThat(world.heard.held).containsOnlyKeys(Hold.NO_LEAVE);
  }

  @Test
  void leaveLostAfterAnAttempt_endsTheRetriesAndTellsWhatIsKnown() {
    World world = new World("rate", "0");
    boolean[] leave = {true};
    Call call = new Call("a", world.time.in(PATIENT), Reach.ALL).changing(() -> leave[0]);
    world.ncp.answering(Failures.fault(500));

    World.Wish wish =
        world
        .new Wish(world.resilience.writes().send(World.CHANGES.get(CallKind.REPEATABLE), call));
    leave[0] = false;
    world.time.advanceMillis(5_000);

    assertThat(wish.upstream().kind()).isEqualTo(FailureClass.SERVER_FAULT);
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void withoutAShare_callsWaitUntilThereIsOne() {
    World world = new World("rate", "2");
    world.share = 0;
    World.Wish wish = world.read();
    world.time.advanceMillis(5_000);
    assertThat(world.ncp.sent).isEmpty();

    world.share = 1;
    world.time.advanceMillis(1_000);

    assertThat(wish.succeeded).isTrue();
  }

  @Test
  void longQueueOfImmediateAnswers_doesNotGrowTheStack() {
    World world =
        new World("rate", "0", "concurrency", "1", "queue", "5000", "queue-per-caller", "5000");
    world.ncp.silent = true;
    World.Wish first = world.read();
    world.ncp.silent = false;
    world.ncp.mood =
        () -> {
          throw new IllegalStateException("at once");
        };
    List<World.Wish> wishes = IntStream.range(0, 5_000).mapToObj(i -> world.read()).toList();

    first.subscription.cancel();

    assertThat(wishes).allMatch(wish -> wish.failure instanceof IllegalStateException);
  }
}
