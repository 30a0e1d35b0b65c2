package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two callers at the gate, one a hundred times as loud as the other. */
class FairShareTest {
  private static final int TIMES = 100;
  private static final Duration PATIENT = Duration.ofSeconds(30);
  // Sends come in bursts, so the one who comes just after a burst waits for the next.
  private static final long A_TURN = Duration.ofNanos(Pace.WINDOW).toMillis();

  /** At 10 a second for both, up to 4 a second are within the quiet one's half. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void quietCallerWithinItsShare_neverWaitsLongerThanOneTurn(int perSecond) {
    World world = new World("rate", "10");
    List<World.Wish> quiet = new ArrayList<>();
    List<Long> asked = new ArrayList<>();
    List<World.Wish> loud = new ArrayList<>();
    int stepMillis = 1_000 / perSecond;

    for (long millis = 0; millis < 60_000; millis += stepMillis) {
      asked.add(world.time.millis());
      quiet.add(world.read("quiet", PATIENT));
      for (int i = 0; i < TIMES; i++) {
        loud.add(world.read("loud", PATIENT));
        world.time.advanceMillis(i % 10 == 0 ? stepMillis / 10 : 0);
      }
    }
    world.time.advance(PATIENT);

    assertThat(quiet).allMatch(wish -> wish.succeeded);
    for (int i = 0; i < quiet.size(); i++) {
      long waited = quiet.get(i).endedAt - asked.get(i) - world.ncp.latency.toMillis();
      assertThat(waited).isLessThanOrEqualTo(A_TURN);
    }
    // And the loud one is not kept from what the quiet one leaves.
    long served = loud.stream().filter(wish -> wish.succeeded).count() + quiet.size();
    assertThat(served).isGreaterThan(60 * 9);
  }

  @Test
  void readThatTheLoudCallerWaitsFor_isNotWaitedForWithIt() {
    World world = new World("rate", "10", "read-cache", "30s");
    for (int i = 0; i < TIMES; i++) {
      read(world, "loud", "plan" + i);
    }
    long asked = world.time.millis();

    World.Wish quiet = read(world, "quiet", "plan" + (TIMES - 1));
    world.time.advance(PATIENT);

    assertThat(quiet.succeeded).isTrue();
    assertThat(quiet.endedAt - asked - world.ncp.latency.toMillis()).isLessThanOrEqualTo(A_TURN);
  }

  private static World.Wish read(World world, String caller, String plan) {
    Call call = new Call(caller, world.time.in(PATIENT), Reach.ALL);
    return world.new Wish(world.resilience.cachedReads().read(new Query.GetPlan(plan), call));
  }
}
