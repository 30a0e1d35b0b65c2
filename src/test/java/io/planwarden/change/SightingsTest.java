package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What NCP shows of a target that was changed a moment ago may be a state that it had before. */
class SightingsTest {
  private static final LockKey PLAN = LockKey.plan("planopen01");
  private static final Image ONE = Image.of(Map.of("rateRps", 1L));
  private static final Image TWO = Image.of(Map.of("rateRps", 2L));
  private static final Image THREE = Image.of(Map.of("rateRps", 3L));

  private final VirtualTime time = new VirtualTime();
  private final Sightings sightings = new Sightings(time.clock(), Duration.ofSeconds(30));

  @Test
  void stateThatComesAgain_isFormerFromItsLastEndOn() {
    sightings.see(PLAN, ONE);
    change(ONE, TWO);
    after(20);
    change(TWO, ONE);
    after(1);
    change(ONE, TWO);
    after(25);

    assertThat(sightings.isBehind(PLAN, ONE)).isTrue();
    assertThat(sightings.changedOutside(PLAN, ONE)).isEmpty();
    after(5);
    assertThat(sightings.isBehind(PLAN, ONE)).isFalse();
    assertThat(sightings.changedOutside(PLAN, ONE)).containsExactly("rateRps");
  }

  @Test
  void manyEditsBetweenTwoStates_hideNoOther() {
    sightings.see(PLAN, THREE);
    change(THREE, ONE);
    for (int i = 0; i < 200; i++) {
      change(ONE, TWO);
      change(TWO, ONE);
    }

    assertThat(sightings.isBehind(PLAN, THREE)).isTrue();
  }

  private void change(Image before, Image after) {
    sightings.change(PLAN, before, after, time.clock().instant());
  }

  private void after(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }
}
