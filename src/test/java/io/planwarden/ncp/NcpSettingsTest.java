package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NcpSettingsTest {
  @Test
  void defaults_areTheDocumentedOnes() {
    NcpSettings settings = NcpSettings.of(URI.create("https://apigateway.apigw.ntruss.com"));

    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.idleTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.poolSize()).isEqualTo(50);
    assertThat(settings.maxAnswerBytes()).isEqualTo(1048576);
  }

  @ParameterizedTest
  @CsvSource({
    "https://ncp.example,        443, true",
    "HTTPS://ncp.example/,       443, true",
    "http://127.0.0.1,            80, false",
    "http://127.0.0.1:8081,     8081, false"
  })
  void origin_saysPortAndTls(URI origin, int port, boolean tls) {
    NcpSettings settings = NcpSettings.of(origin);

    assertThat(settings.port()).isEqualTo(port);
    assertThat(settings.tls()).isEqualTo(tls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ncp.example/api/v1",
        "https://ncp.example?a=b",
        "https://user@ncp.example",
        "https://ncp.example#a",
        "ftp://ncp.example",
        "ncp.example",
        "https:///"
      })
  void originWithMoreOrLess_isRefused(URI origin) {
    assertThatThrownBy(() -> NcpSettings.of(origin)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timeoutOfNothing_isRefused() {
    URI origin = URI.create("https://ncp.example");
    Duration second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new NcpSettings(origin, second, Duration.ZERO, second, 1, 1))
        .hasMessage("attemptTimeout must be at least PT0.001S, was PT0S");
  }
}
