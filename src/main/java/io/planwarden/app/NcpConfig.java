package io.planwarden.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How NCP is reached, and with which keys. */
@ConfigMapping(prefix = "planwarden.ncp")
public interface NcpConfig extends KeyPairConfig {
  /** Which of NCP's zones: {@code public}, {@code gov} or {@code fin}. */
  @WithDefault("public")
  Zone zone();

  /** Origin of the management API without {@code /api/v1}, instead of the zone's own. */
  Optional<URI> baseUrl();

  /** How long a TCP connection to NCP may take to be made, and as long again for TLS. */
  @WithDefault("2s")
  Duration connectTimeout();

  /** How long one attempt may take, from asking for a connection to the last byte of the answer. */
  @WithDefault("10s")
  Duration attemptTimeout();

  /**
   * A second pair, given in any of the three ways, that is used when NCP refuses the main one; none
   * by default.
   */
  KeyPairConfig fallback();

  /** How often the files with keys are looked at for another pair. */
  @WithDefault("5s")
  Duration keyPoll();

  /**
   * The zones of NCP, each with one global endpoint ({@code ai-application-service-apigateway}).
   */
  enum Zone {
    PUBLIC("https://apigateway.apigw.ntruss.com"),
    GOV("https://apigateway.apigw.gov-ntruss.com"),
    FIN("https://apigateway.apigw.fin-ntruss.com");

    private final URI origin;

    Zone(String origin) {
      this.origin = URI.create(origin);
    }

    URI origin() {
      return origin;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
