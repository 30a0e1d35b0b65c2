package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.security.SecurityConfig;
import io.planwarden.storage.StorageConfig;
import io.quarkus.runtime.ApplicationConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** As what Planwarden was started, and whether all of its start is behind it. */
@org.eclipse.microprofile.health.Startup
@Singleton
class StartHealth implements HealthCheck {
  private final Startup startup;
  private final ApplicationConfig application;
  private final SandboxConfig sandbox;
  private final StorageConfig storage;
  private final SecurityConfig security;
  private final Audit audit;

  StartHealth(
      Startup startup,
      ApplicationConfig application,
      SandboxConfig sandbox,
      StorageConfig storage,
      SecurityConfig security,
      Audit audit) {
    this.startup = startup;
    this.application = application;
    this.sandbox = sandbox;
    this.storage = storage;
    this.security = security;
    this.audit = audit;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("start")
        .status(startup.isDone())
        .withData("version", application.version().orElse("unknown"))
        .withData("mode", sandbox.enabled() ? "sandbox" : "live")
        .withData("storage", storage.kind())
        .withData("security", security.mode().orElse("unknown"))
        .withData("takenOver", startup.takenOver())
        .withData("head", audit.standing().head())
        .build();
  }
}
