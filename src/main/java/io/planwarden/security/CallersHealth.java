package io.planwarden.security;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How callers are told apart, as a detail of readiness that is always up: a token file that cannot
 * be used leaves the last good version in use.
 */
@Readiness
@Singleton
class CallersHealth implements HealthCheck {
  private final SecurityConfig config;
  private final Tokens tokens;

  CallersHealth(SecurityConfig config, Tokens tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  @Override
  public HealthCheckResponse call() {
    String mode = config.mode().orElse("");
    var response = HealthCheckResponse.named("callers").up().withData("mode", mode);
    if (mode.equals(SecurityMode.TOKEN.word())) {
      response.withData("tokens", tokens.count());
      tokens.fault().ifPresent(fault -> response.withData("tokenFile", fault));
    }
    return response.build();
  }
}
