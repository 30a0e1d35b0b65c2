package io.planwarden.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.quarkus.scheduler.Scheduled;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Those who are refused because nobody knows who they are. They are counted, and logged at most
 * once per address and minute; not audited, so that a stranger cannot fill the disk.
 */
@Singleton
class Unauthenticated {
  private static final Logger LOG = Logger.getLogger(Unauthenticated.class);
  private static final String SCHEME = "Bearer ";
  private static final String REALM = "Bearer realm=\"planwarden\"";

  private final Tally<String, String> tally = new Tally<>(Duration.ofMinutes(1), 1_000);
  private final MeterRegistry meters;
  private final Clock clock;

  Unauthenticated(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    // There from the start, so that the first refusal is seen as an increase.
    refused("missing");
    refused("invalid");
  }

  private Counter refused(String token) {
    return meters.counter("planwarden.security.unauthenticated", "token", token);
  }

  /** The answer to them; counts and logs that it is given. */
  FacadeException problem(RoutingContext http) {
    String reason = isMissing(http) ? "missing" : "invalid";
    refused(reason).increment();
    var peer = http.request().remoteAddress();
    String address = peer == null ? "unknown" : peer.hostAddress();
    tally.add(address, reason, clock.instant()).ifPresent(Unauthenticated::log);
    return new FacadeException(ErrorCode.UNAUTHENTICATED, "The bearer token is " + reason + ".")
        .header("WWW-Authenticate", challenge(http));
  }

  @Scheduled(every = "10s")
  void logWhatFollowed() {
    tally.due(clock.instant()).forEach(Unauthenticated::log);
  }

  private static void log(Tally.Report<String, String> report) {
    LOG.infof(
        "unauthenticated address=%s token=%s times=%d",
        report.key(), report.last(), report.times());
  }

  /** What tells a client how to authenticate (RFC 6750, section 3). */
  static String challenge(RoutingContext http) {
    return isMissing(http) ? REALM : REALM + ", error=\"invalid_token\"";
  }

  private static boolean isMissing(RoutingContext http) {
    return bearerToken(http).isEmpty();
  }

  /** The token that a request carries, empty if it has none or another kind of credentials. */
  static Optional<String> bearerToken(RoutingContext http) {
    String header = http.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
