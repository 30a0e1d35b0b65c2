package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.problem.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CachedReadsTest {
  private final World world = new World("rate", "0", "read-cache", "5s");

  @Test
  void equalQuery_isAnsweredFromWhatWasRead() {
    World.Wish first = read("plan1");
    world.time.advanceMillis(1_000);

    World.Wish second = read("plan1");
    read("plan2");

    assertThat(first.succeeded).isTrue();
    assertThat(second.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(2);
    assertThat(world.heard.hits).isEqualTo(1);
  }

  @Test
  void whatWasRead_setsNoTimer() {
    read("plan1");
    world.time.advanceMillis(20);
    long before = world.time.timersSet();

    World.Wish second = read("plan1");

    assertThat(second.succeeded).isTrue();
    assertThat(world.time.timersSet()).isEqualTo(before);
  }

  @Test
  void age_isToldFromTheBeginOfTheRead() {
    read("plan1");
    world.time.advanceMillis(1_000);

    assertThat(world.resilience.cachedReads().readAt(new Query.GetPlan("plan1")))
        .contains(VirtualTime.START);
    assertThat(world.resilience.cachedReads().readAt(new Query.GetPlan("plan2"))).isEmpty();
  }

  @Test
  void whatIsTooOld_isReadAgain() {
    read("plan1");
    world.time.advanceMillis(5_000);

    read("plan1");

    assertThat(world.ncp.sent).hasSize(2);
  }

  @Test
  void equalQueriesAtTheSameTime_shareOneRead() {
    World.Wish first = read("plan1");
    World.Wish second = read("plan1");

    first.subscription.cancel();
    world.time.advanceMillis(20);

    assertThat(second.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void readUnderWay_isNotSharedWithOtherCallers() {
    read("plan1");
    World.Wish other = read("other", "plan1");
    world.time.advanceMillis(20);

    assertThat(other.succeeded).isTrue();
    assertThat(world.ncp.callers).containsExactly("a", "other");
  }

  @Test
  void whatWasRead_isForAll() {
    read("plan1");
    world.time.advanceMillis(20);

    World.Wish other = read("other", "plan1");

    assertThat(other.succeeded).isTrue();
    assertThat(world.ncp.sent).hasSize(1);
  }

  @Test
  void writeBesideAReadOfTwoCallers_leavesNothingToShare() {
    read("plan1");
    read("other", "plan1");
    world.send(CallKind.REPEATABLE);
    world.time.advanceMillis(20);

    read("plan1");

    assertThat(world.ncp.sent).hasSize(4);
  }

  @Test
  void sharedRead_isWaitedForNoLongerThanTheOwnDeadline() {
    world.ncp.latency = Duration.ofSeconds(4);
    read("plan1");
    World.Wish hasty =
        world
        .new Wish(
            world
                .resilience
                .cachedReads()
                .read(
                    new Query.GetPlan("plan1"),
                    new Call("a", world.time.in(Duration.ofSeconds(1)), Reach.ALL)));

    world.time.advanceMillis(1_000);

    assertThat(hasty.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
  }

  @Test
  void failure_isNotKept() {
    world.ncp.answering(Failures.missing());
    World.Wish first = read("plan1");
    world.time.advanceMillis(20);

    World.Wish second = read("plan1");
    world.time.advanceMillis(20);

    assertThat(first.failure).isNotNull();
    assertThat(second.succeeded).isTrue();
  }

  @Test
  void write_emptiesItBeforeAndAfter() {
    read("plan1");
    world.time.advanceMillis(20);

    world.send(CallKind.REPEATABLE);
    read("plan1");
    assertThat(world.ncp.sent).hasSize(3);
    world.time.advanceMillis(20);
    read("plan1");

    assertThat(world.ncp.sent).hasSize(4);
  }

  @Test
  void tooManyQueries_pushOutTheOldest() {
    for (int i = 0; i <= 1_000; i++) {
      read("p" + i);
      world.time.advanceMillis(1);
    }

    assertThat(world.resilience.cachedReads().readAt(new Query.GetPlan("p0"))).isEmpty();
    assertThat(world.resilience.cachedReads().readAt(new Query.GetPlan("p1"))).isPresent();
  }

  @Test
  void offByDefault_readsEveryTime() {
    World off = new World("rate", "0");
    Call call = new Call("a", off.time.in(Duration.ofSeconds(1)), Reach.ALL);
    for (int i = 0; i < 3; i++) {
      off.new Wish(off.resilience.cachedReads().read(World.QUERY, call));
    }

    assertThat(off.ncp.sent).hasSize(3);
    assertThat(off.resilience.cachedReads().readAt(World.QUERY)).isEmpty();
  }

  private World.Wish read(String plan) {
    return read("a", plan);
  }

  private World.Wish read(String caller, String plan) {
    return world
    .new Wish(
        world
            .resilience
            .cachedReads()
            .read(
                new Query.GetPlan(plan),
                new Call(caller, world.time.in(Duration.ofSeconds(30)), Reach.ALL)));
  }
}
