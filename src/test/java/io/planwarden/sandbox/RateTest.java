package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RateTest {

  private static final long SECOND = 1_000_000_000L;

  private final Rate rate = new Rate();

  @Test
  void arrivalsWithinASecond_countedTogether() {
    assertEquals(1, rate.arrived(0));
    assertEquals(2, rate.arrived(SECOND / 2));
    assertEquals(3, rate.arrived(SECOND - 1));
    assertEquals(3, rate.max());
  }

  @Test
  void arrivalASecondLater_notCountedWithTheFirst() {
    rate.arrived(0);
    rate.arrived(1);

    assertEquals(2, rate.arrived(SECOND));
    assertEquals(1, rate.arrived(3 * SECOND));
    assertEquals(2, rate.max());
  }

  @Test
  void readingsThatOverflow_countedAlike() {
    rate.arrived(Long.MAX_VALUE);

    assertEquals(2, rate.arrived(Long.MIN_VALUE + 5));
    assertEquals(1, rate.arrived(Long.MIN_VALUE + 5 + SECOND));
  }
}
