package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConfigTest {
  @Test
  void defaults_are30SecondsAndLoopback() {
    RequestConfig config = config(Map.of());

    assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.headerTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    // A caller who is told that it was too slow has another 2 s to hear it.
    assertThat(config.bodyTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(config.answerTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(config.allowedHosts()).containsExactly("localhost", "127.0.0.1", "[::1]");
  }

  @ParameterizedTest
  @CsvSource({
    "'planwarden,localhost', PLANWARDEN, true",
    "' Planwarden.Example ', planwarden.example, true",
    "planwarden, localhost, false",
    "*, evil.example, true",
    "'planwarden,*', evil.example, true",
    "*.example, evil.example, false",
  })
  void allowedHosts_areWholeNamesOrAll(String hosts, String name, boolean allowed) {
    HostGuard guard = new HostGuard(config(Map.of("planwarden.request.allowed-hosts", hosts)));

    assertThat(guard.isAllowed(name)).isEqualTo(allowed);
  }

  private static RequestConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RequestConfig.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(RequestConfig.class);
  }
}
