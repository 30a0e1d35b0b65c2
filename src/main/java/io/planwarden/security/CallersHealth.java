package io.planwarden.security;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether callers can be told apart. Down in mode oidc until the provider's keys were read once: a
 * process that never had them refuses everybody, and must not replace those that do. Up from then
 * on, whatever becomes of the provider; and always in the other modes, for a token file that cannot
 * be used leaves the last good version in use.
 */
@Readiness
@Singleton
class CallersHealth implements HealthCheck {
  private final SecurityConfig config;
  private final Tokens tokens;
  private final FirstKeys keys;

  CallersHealth(SecurityConfig config, Tokens tokens, FirstKeys keys) {
    this.config = config;
    this.tokens = tokens;
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    String mode = config.mode().orElse("");
    var response = HealthCheckResponse.named("callers").up().withData("mode", mode);
    if (keys.areMissing()) {
      response.down().withData("provider", "its keys could not be read yet");
    }
    if (mode.equals(SecurityMode.TOKEN.word())) {
      response.withData("tokens", tokens.count());
      tokens.fault().ifPresent(fault -> response.withData("tokenFile", fault));
    }
    return response.build();
  }
}
