package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Budget budget = new Budget(0.2, 3);

  @Test
  void fewFirstAttempts_leaveTheFloor() {
    budget.first(0);

    assertThat(taken(10, SECOND)).isEqualTo(3);
  }

  @Test
  void manyFirstAttempts_leaveAFifth() {
    for (int i = 0; i < 100; i++) {
      budget.first(i);
    }

    assertThat(taken(100, SECOND)).isEqualTo(20);
  }

  @Test
  void whatIsTenSecondsOld_countsNoMore() {
    assertThat(taken(3, 0)).isEqualTo(3);
    assertThat(taken(1, 10 * SECOND - 1)).isZero();
    assertThat(taken(10, 10 * SECOND)).isEqualTo(3);
  }

  @Test
  void allCallsFail_costAFifthMoreThanTheFirstAttempts() {
    World world = new World("rate", "0", "breaker.calls", "1000000");
    world.ncp.mood = () -> Failures.fault(500);

    for (int i = 0; i < 5_000; i++) {
      world.read();
      world.time.advanceMillis(10);
    }
    world.time.advanceMillis(10_000);

    double perCall = world.ncp.sent.size() / 5_000.0;
    assertThat(perCall).isBetween(1.15, 1.205);
    assertThat(world.heard.givenUp).contains(ResilienceEvents.GivenUp.BUDGET);
  }

  @Test
  void whatIsLeft_isTheBudgetWithoutWhatWasTaken() {
    for (int i = 0; i < 50; i++) {
      budget.first(0);
    }
    assertThat(budget.left(0)).isEqualTo(10);
    taken(4, 0);
    assertThat(budget.left(0)).isEqualTo(6);
    assertThat(budget.left(10 * SECOND)).isEqualTo(3);
  }

  private int taken(int wanted, long now) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += budget.take(now) ? 1 : 0;
    }
    return taken;
  }
}
