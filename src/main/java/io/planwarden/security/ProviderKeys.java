package io.planwarden.security;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcEndpoint.Type;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Knows whether the provider's keys could be read when they were last asked for. The platform asks
 * for them when a token names a key that it does not have, at most once in a while; until they
 * come, and for that while if they do not, it calls every such token wrong. Thread-safe.
 */
@Singleton
@Unremovable
@OidcEndpoint(Type.JWKS)
public class ProviderKeys implements OidcRequestFilter, OidcResponseFilter {
  private static final Logger LOG = Logger.getLogger(ProviderKeys.class);

  private final Tally<String, Boolean> failures = new Tally<>(Duration.ofMinutes(1), 10);
  private final String address;
  private final Clock clock;
  private volatile boolean unread;

  ProviderKeys(SecurityConfig config, Clock clock) {
    this.address = config.oidc().url().or(config.oidc()::issuer).orElse("");
    this.clock = clock;
  }

  @Override
  public void filter(OidcRequestContext context) {
    unread = true;
  }

  @Override
  public void filter(OidcResponseContext context) {
    unread = context.statusCode() != 200;
    if (!unread && context.responseBody() == null) {
      // The platform would stumble over it, and whoever asked be taken for wrong.
      throw new OIDCException("The answer for the keys has no body");
    }
  }

  /** Whether they were asked for and are not there yet. */
  boolean areUnread() {
    return unread;
  }

  /**
   * What the platform's failure means.
   *
   * @param before whether the keys were unread when it began to look at the token
   * @return that nobody can tell, if that is for want of keys; else the failure as it is
   */
  Throwable judged(Throwable failure, boolean before) {
    Throwable cause =
        failure instanceof AuthenticationFailedException ? failure.getCause() : failure;
    if (cause instanceof OIDCException) {
      // Also of an answer that was no keys at all.
      unread = true;
      return unavailable(cause);
    }
    if (cause == failure || cause == null || !(before || unread)) {
      return failure;
    }
    if (cause instanceof InvalidJwtException) {
      return cause.getCause() instanceof UnresolvableKeyException ? nobodyCanTell(cause) : failure;
    }
    return unavailable(cause);
  }

  /** Says in the log, not each time, why there are no keys. */
  FacadeException unavailable(Throwable cause) {
    failures.add(String.join(": ", reasons(cause)), true, clock.instant()).ifPresent(this::log);
    return nobodyCanTell(cause);
  }

  /** The platform's words, and what is behind them, such as a connection that was refused. */
  private static Set<String> reasons(Throwable failure) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      reasons.add(
          message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }
    return reasons;
  }

  @Scheduled(every = "10s")
  void logWhatFollowed() {
    failures.due(clock.instant()).forEach(this::log);
  }

  /** The platform's words may tell neither what is behind them nor where. */
  private void log(Tally.Report<String, Boolean> report) {
    LOG.warnf("identity provider=%s: %s times=%d", address, report.key(), report.times());
  }

  private static FacadeException nobodyCanTell(Throwable cause) {
    return new FacadeException(
        ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE, "Nobody can tell who the caller is.", cause);
  }
}
