package io.planwarden.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdempotencyConfigTest {
  @Test
  void defaults() {
    IdempotencyConfig config = config(Map.of());

    assertThat(config.keep()).isEqualTo(Duration.ofHours(24));
    assertThat(config.requireForPost()).isFalse();
  }

  @Test
  void everyKey_isRead() {
    IdempotencyConfig config =
        config(
            Map.of(
                "planwarden.idempotency.keep", "1h",
                "planwarden.idempotency.require-for-post", "true"));

    assertThat(config.keep()).isEqualTo(Duration.ofHours(1));
    assertThat(config.requireForPost()).isTrue();
  }

  private static IdempotencyConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(IdempotencyConfig.class)
        .build()
        .getConfigMapping(IdempotencyConfig.class);
  }
}
