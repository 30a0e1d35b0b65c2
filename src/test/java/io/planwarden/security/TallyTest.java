package io.planwarden.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Tally<String, Integer> tally = new Tally<>(Duration.ofMinutes(1), 2);

  @Test
  void first_isToldAtOnceAndTheRestTogetherAfterThePause() {
    assertThat(tally.add("a", 1, START)).contains(new Tally.Report<>("a", 1, 1));
    assertThat(tally.add("a", 2, at(1))).isEmpty();
    assertThat(tally.add("a", 3, at(2))).isEmpty();

    assertThat(tally.due(at(59))).isEmpty();
    assertThat(tally.due(at(60))).containsExactly(new Tally.Report<>("a", 3, 2));
    assertThat(tally.add("a", 4, at(61))).isEmpty();
    assertThat(tally.due(at(119))).isEmpty();
    assertThat(tally.due(at(120))).containsExactly(new Tally.Report<>("a", 4, 1));
  }

  @Test
  void quietKey_isForgotten() {
    tally.add("a", 1, START);
    tally.due(at(60));

    assertThat(tally.add("a", 2, at(61))).contains(new Tally.Report<>("a", 2, 1));
  }

  @Test
  void tooManyKeys_areNotTakenIn() {
    tally.add("a", 1, START);
    tally.add("b", 1, START);

    assertThat(tally.add("c", 1, START)).isEmpty();
    assertThat(tally.add("c", 1, START)).isEmpty();
    assertThat(tally.due(at(60))).isEmpty();
    assertThat(tally.add("c", 1, at(61))).isPresent();
  }

  @Test
  void rest_isWhatWasNotTold() {
    tally.add("a", 1, START);
    tally.add("a", 2, START);
    tally.add("b", 1, START);

    assertThat(tally.rest()).containsExactly(new Tally.Report<>("a", 2, 1));
    assertThat(tally.rest()).isEmpty();
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }
}
