package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Five hundred calls a second in virtual time, against an NCP that is down, heals, or has a quota.
 */
class LoadTest {
  private static final int PER_SECOND = 500;

  private enum Down {
    REFUSING(0),
    SLOWLY_REFUSING(2_000),
    BREAKING_OFF(1);

    private final Duration latency;

    Down(int millis) {
      this.latency = Duration.ofMillis(millis);
    }

    UpstreamFailure failure() {
      return this == BREAKING_OFF ? Failures.lost() : Failures.neverSent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ncpDown_costsLittleAndHealsWithinADelay(Down how) {
    World world = new World("rate", "0", "concurrency", "64");
    List<World.Wish> warm = offer(world, 10);
    world.ncp.latency = how.latency;
    world.ncp.mood = how::failure;
    int before = world.ncp.sent.size();

    List<World.Wish> down = offer(world, 60);

    double perCall = (world.ncp.sent.size() - before) / (double) down.size();
    assertThat(perCall).isLessThanOrEqualTo(0.5);

    world.ncp.latency = Duration.ofMillis(50);
    world.ncp.mood = () -> null;
    offer(world, 1);
    List<World.Wish> healed = offer(world, 10);
    world.time.advanceMillis(1_000);

    double goodput =
        healed.stream().filter(wish -> wish.succeeded).count() / (double) healed.size();
    assertThat(warm).allMatch(World.Wish::isOver);
    assertThat(goodput).isGreaterThanOrEqualTo(0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60})
  void quotaBelowTheRate_isRunIntoRarely(int latencyMillis) {
    World world = new World("rate", "600", "queue", "500", "queue-per-caller", "500");
    world.ncp.latency = Duration.ofMillis(latencyMillis);
    int[] refused = new int[1];
    long[] second = new long[2];
    world.ncp.mood =
        () -> {
          long current = world.time.millis() / 1_000;
          second[1] = current == second[0] ? second[1] + 1 : 1;
          second[0] = current;
          if (second[1] <= 400) {
            return null;
          }
          refused[0]++;
          return Failures.throttled(null);
        };

    List<World.Wish> calls = offer(world, 60);
    world.time.advanceMillis(10_000);

    double share = refused[0] / (double) world.ncp.sent.size();
    long good = calls.stream().filter(wish -> wish.succeeded).count();
    assertThat(share).isLessThanOrEqualTo(0.01);
    assertThat(good / 60.0).isGreaterThan(0.8 * 400);
  }

  @Test
  void afterEverything_nothingIsLeftBehind() {
    World world = new World("rate", "100");
    Random random = new Random(5);
    world.ncp.mood =
        () ->
            switch (random.nextInt(10)) {
              case 0 -> Failures.fault(503);
              case 1 -> Failures.neverSent();
              case 2 -> Failures.throttled(Duration.ofMillis(100));
              default -> null;
            };
    List<World.Wish> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      World.Wish wish = world.read("c" + random.nextInt(4), Duration.ofSeconds(5));
      calls.add(wish);
      world.time.advanceMillis(random.nextInt(12));
      if (random.nextInt(10) == 0) {
        calls.remove(calls.size() - 1).subscription.cancel();
      }
    }
    world.time.advanceMillis(10_000);

    assertThat(calls).allMatch(World.Wish::isOver);
    assertThat(calls).allMatch(wish -> wish.endedAt <= 30_000);
    assertThat(world.ncp.underWay).isZero();
    assertThat(world.resilience.standing().waiting()).isZero();
    assertThat(world.resilience.standing().running()).isZero();
    assertThat(world.time.pending()).isZero();
  }

  private static List<World.Wish> offer(World world, int seconds) {
    List<World.Wish> wishes = new ArrayList<>();
    for (int i = 0; i < seconds * PER_SECOND; i++) {
      wishes.add(world.read("c" + i % 5, Duration.ofSeconds(30)));
      world.time.advanceMillis(1_000 / PER_SECOND);
    }
    return wishes;
  }
}
