package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResilienceConfigTest {
  @Test
  void nothingSet_hasTheDefaults() {
    ResilienceConfig config = Configs.with();

    assertThat(config.rate()).isEqualTo(10);
    assertThat(config.queue()).isEqualTo(200);
    assertThat(config.queuePerCaller()).isEqualTo(100);
    assertThat(config.concurrency()).isEqualTo(32);
    assertThat(config.pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.readCache()).isZero();
    assertThat(config.retry().attempts()).isEqualTo(4);
    assertThat(config.retry().base()).isEqualTo(Duration.ofMillis(25));
    assertThat(config.retry().cap()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.retry().budget()).isEqualTo(0.2);
    assertThat(config.retry().floor()).isEqualTo(10);
    assertThat(config.breaker().window()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.breaker().calls()).isEqualTo(20);
    assertThat(config.breaker().ratio()).isEqualTo(0.5);
    assertThat(config.breaker().delay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.breaker().probes()).isEqualTo(3);
  }

  @Test
  void everyKey_canBeSet() {
    ResilienceConfig config =
        Configs.with(
            "rate", "1",
            "queue", "2",
            "queue-per-caller", "3",
            "concurrency", "4",
            "pause", "5s",
            "read-cache", "6s",
            "retry.attempts", "7",
            "retry.base", "8ms",
            "retry.cap", "9ms",
            "retry.budget", "0.1",
            "retry.floor", "11",
            "breaker.window", "12s",
            "breaker.calls", "13",
            "breaker.ratio", "0.9",
            "breaker.delay", "15s",
            "breaker.probes", "16");

    assertThat(config.rate()).isEqualTo(1);
    assertThat(config.queue()).isEqualTo(2);
    assertThat(config.queuePerCaller()).isEqualTo(3);
    assertThat(config.concurrency()).isEqualTo(4);
    assertThat(config.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.readCache()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.retry().attempts()).isEqualTo(7);
    assertThat(config.retry().base()).isEqualTo(Duration.ofMillis(8));
    assertThat(config.retry().cap()).isEqualTo(Duration.ofMillis(9));
    assertThat(config.retry().budget()).isEqualTo(0.1);
    assertThat(config.retry().floor()).isEqualTo(11);
    assertThat(config.breaker().window()).isEqualTo(Duration.ofSeconds(12));
    assertThat(config.breaker().calls()).isEqualTo(13);
    assertThat(config.breaker().ratio()).isEqualTo(0.9);
    assertThat(config.breaker().delay()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.breaker().probes()).isEqualTo(16);
  }
}
