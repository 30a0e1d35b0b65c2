package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  @Test
  void firstOnes_goAtOnceUpToTheRate() {
    Pace pace = sent(10, 10, 0);

    assertThat(pace.delay(0, 0)).isEqualTo(Pace.WINDOW);
    assertThat(pace.delay(Pace.WINDOW, 0)).isZero();
  }

  @Test
  void rateOfZero_isNoLimit() {
    Pace pace = sent(0, 1_000, 0);

    assertThat(pace.delay(0, 0)).isZero();
    assertThat(pace.rate(0)).isZero();
  }

  @Test
  void turn_isToldForThoseFarBehind() {
    Pace pace = pace(2);
    send(pace, 0);
    send(pace, 100 * MILLI);

    assertThat(pace.delay(200 * MILLI, 0)).isEqualTo(Pace.WINDOW - 200 * MILLI);
    assertThat(pace.delay(200 * MILLI, 1)).isEqualTo(Pace.WINDOW - 100 * MILLI);
    assertThat(pace.delay(200 * MILLI, 2)).isEqualTo(2 * Pace.WINDOW - 200 * MILLI);
    assertThat(pace.delay(200 * MILLI, 5)).isEqualTo(3 * Pace.WINDOW - 100 * MILLI);
  }

  @Test
  void toldTurns_areThoseThatCome() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int rate = 1 + random.nextInt(5);
      Pace pace = pace(rate);
      long now = 0;
      for (int i = random.nextInt(rate + 1); i > 0; i--) {
        now += random.nextInt(300) * MILLI;
        now += pace.delay(now, 0);
        send(pace, now);
      }
      long told = now + pace.delay(now, 7);
      for (int i = 0; i < 7; i++) {
        now += pace.delay(now, 0);
        send(pace, now);
      }
      assertThat(now + pace.delay(now, 0)).isEqualTo(told);
    }
  }

  @Test
  void pause_holdsEverything() {
    Pace pace = pace(10);

    pace.refused(0, 0, 3 * SECOND);

    assertThat(pace.delay(SECOND, 0)).isEqualTo(2 * SECOND);
    assertThat(pace.delay(SECOND, 9)).isEqualTo(2 * SECOND + Pace.WINDOW);
    assertThat(pace.delay(3 * SECOND, 0)).isZero();
  }

  @Test
  void shorterPause_doesNotEndALongerOne() {
    Pace pace = pace(0);

    pace.refused(0, 0, 3 * SECOND);
    pace.refused(0, SECOND, SECOND);

    assertThat(pace.delay(SECOND, 0)).isEqualTo(2 * SECOND);
  }

  @Test
  void rate_fallsOnceForAllThatWereSentBefore() {
    Pace pace = pace(100);

    pace.refused(1, 10, SECOND);
    pace.refused(2, 11, SECOND);
    pace.refused(10, 12, SECOND);

    assertThat(pace.rate(12)).isEqualTo(90);
    pace.refused(11, 13, SECOND);
    assertThat(pace.rate(13)).isEqualTo(81);
  }

  @Test
  void rate_comesBackSlowlyAndNotFurther() {
    Pace pace = pace(100);
    pace.refused(1, 2, SECOND);

    assertThat(pace.rate(2 + 25 * SECOND)).isEqualTo(95);
    assertThat(pace.rate(2 + 50 * SECOND)).isEqualTo(100);
    assertThat(pace.rate(2 + 500 * SECOND)).isEqualTo(100);
  }

  @Test
  void rate_neverFallsToNothing() {
    Pace pace = pace(20);

    for (int i = 1; i < 100; i++) {
      pace.refused(2L * i, 2L * i + 1, SECOND);
    }

    assertThat(pace.rate(200)).isEqualTo(2);
    assertThat(pace(1).rate(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 100})
  void noSlidingSecond_seesMoreThanTheRate(int rate) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      World world = new World("rate", "" + rate, "queue", "100000", "queue-per-caller", "100000");
      world.ncp.latency = Duration.ofMillis(random.nextInt(200));
      if (random.nextBoolean()) {
        world.ncp.mood = () -> random.nextInt(10) == 0 ? Failures.fault(500) : null;
      }
      if (random.nextBoolean()) {
        world.ncp.connecting = () -> Duration.ofMillis(random.nextInt(300));
      }
      long meanGap = SECOND / rate / (1 + random.nextInt(3));
      for (int i = 0; i < 10 * rate; i++) {
        world.read("c" + random.nextInt(3), Duration.ofMinutes(10));
        if (random.nextInt(5) > 0) {
          world.time.advance(Duration.ofNanos(random.nextLong(2 * meanGap)));
        }
      }
      world.time.advance(Duration.ofMinutes(5));

      assertThat(world.ncp.sent).hasSizeGreaterThanOrEqualTo(10 * rate);
      Deque<Long> second = new ArrayDeque<>();
      for (long at : world.ncp.sent) {
        second.add(at);
        while (at - second.element() > SECOND) {
          second.remove();
        }
        assertThat(second).hasSizeLessThanOrEqualTo(rate);
      }
    }
  }

  @Test
  void leaveNotUsedYet_countsAsSentNow() {
    Pace pace = pace(2);
    pace.grant();
    pace.grant();

    assertThat(pace.delay(5 * SECOND, 0)).isEqualTo(Pace.WINDOW);
    pace.sent(6 * SECOND);
    pace.giveUp();
    assertThat(pace.delay(6 * SECOND, 0)).isZero();
    assertThat(pace.delay(6 * SECOND, 1)).isEqualTo(Pace.WINDOW);
  }

  @Test
  void shareThatShrinks_holdsForWhatIsInTheWindow() {
    AtomicInteger share = new AtomicInteger(3);
    Pace pace = new Pace(share::get);
    send(pace, 0);
    send(pace, 100 * MILLI);
    pace.grant();

    share.set(2);

    assertThat(pace.mayBeSent(200 * MILLI)).isFalse();
    pace.giveUp();
    assertThat(pace.delay(200 * MILLI, 0)).isEqualTo(Pace.WINDOW - 200 * MILLI);
    assertThat(pace.mayBeSent(Pace.WINDOW)).isTrue();
  }

  @Test
  void noShare_isLookedForAgain() {
    AtomicInteger share = new AtomicInteger();
    Pace pace = new Pace(share::get);

    assertThat(pace.delay(0, 0)).isEqualTo(100 * MILLI);
    assertThat(pace.mayBeSent(0)).isFalse();

    share.set(1);

    assertThat(pace.delay(0, 0)).isZero();
  }

  private static Pace pace(int rate) {
    return rate == 0 ? Pace.unlimited() : new Pace(() -> rate);
  }

  private static void send(Pace pace, long now) {
    pace.grant();
    pace.sent(now);
  }

  private static Pace sent(int rate, int count, long now) {
    Pace pace = pace(rate);
    for (int i = 0; i < count; i++) {
      assertThat(pace.delay(now, 0)).isZero();
      send(pace, now);
    }
    return pace;
  }
}
