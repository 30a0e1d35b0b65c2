package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkewMeterTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final SkewMeter meter = new SkewMeter();

  @Test
  void noAnswerYet_nothingIsKnown() {
    assertThat(meter.skew()).isEmpty();
    assertThat(meter.isTooFar()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, -30_900, -1_500, 0, 700, 29_000, 31_000, 86_400_000})
  void estimate_isWithinASecondOfTheTruth(long skewMillis) {
    Random random = new Random(skewMillis);
    Instant now = NOON;
    for (int i = 0; i < 200; i++) {
      answer(now, random.nextInt(400), random.nextInt(400), skewMillis);
      now = now.plusMillis(random.nextInt(5_000));

      assertThat(meter.skew().orElseThrow().toMillis())
          .isBetween(skewMillis - 1_000, skewMillis + 1_000);
    }
    assertThat(meter.isTooFar()).isEqualTo(Math.abs(skewMillis) >= 30_000);
  }

  @Test
  void slowAnswerThatContradictsNothing_doesNotBlurTheEstimate() {
    answer(NOON, 5, 5, 40_000);
    Duration sharp = meter.skew().orElseThrow();

    answer(NOON.plusSeconds(60), 9_000, 10, 40_000);

    assertThat(meter.skew()).contains(sharp);
  }

  @Test
  void clockThatWasSet_isSeenAtTheNextAnswer() {
    answer(NOON, 5, 5, 60_000);
    assertThat(meter.isTooFar()).isTrue();

    answer(NOON.plusSeconds(1), 500, 500, 0);

    assertThat(meter.isTooFar()).isFalse();
  }

  private void answer(Instant sent, long thereMillis, long backMillis, long skewMillis) {
    Instant date = sent.plusMillis(thereMillis + skewMillis).truncatedTo(ChronoUnit.SECONDS);
    meter.answered(sent, sent.plusMillis(thereMillis + backMillis), date);
  }
}
