package io.planwarden.app;

import io.planwarden.ncp.KeyRing;
import io.planwarden.resilience.Resilience;
import io.planwarden.resilience.SkewMeter;
import io.planwarden.resilience.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * How NCP does, as a detail of readiness that is always up: taking every replica out of service
 * because NCP is down would take the reads of operations and of the audit with it.
 */
@Readiness
@Singleton
class UpstreamHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(UpstreamHealth.class);

  private final Resilience resilience;
  private final SkewMeter skew;
  private final KeyRing keys;

  UpstreamHealth(Resilience resilience, SkewMeter skew, KeyRing keys) {
    this.resilience = resilience;
    this.skew = skew;
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = resilience.standing();
    var response =
        HealthCheckResponse.named("NCP")
            .up()
            .withData("breaker", standing.breaker().name().toLowerCase(Locale.ROOT))
            .withData("waiting", standing.waiting())
            .withData("running", standing.running())
            .withData("retriesLeft", (long) resilience.retriesLeft())
            .withData("keyPair", KeyWatch.word(keys.which()))
            .withData("keyPairAgeSeconds", keys.age().toSeconds());
    skew.skew().ifPresent(s -> response.withData("clockSkewSeconds", s.toSeconds()));
    return response.build();
  }

  @Scheduled(every = "60s", delayed = "10s")
  void warnOfSkew() {
    if (skew.isTooFar()) {
      LOG.warnf(
          "clock skew_s=%d: NCP refuses signatures that are more than 300 s off; correct the clock",
          skew.skew().orElse(Duration.ZERO).toSeconds());
    }
  }
}
