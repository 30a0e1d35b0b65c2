package io.planwarden.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Not alive once the thread that asks for leases is gone: every change would wait for it until its
 * deadline. Like the audit's, the thread outlives any trouble with the store. A process that is
 * alone with its store has no such thread, and is alive.
 */
@Liveness
@Singleton
class LeasesHealth implements HealthCheck {
  private final Replicas replicas;

  LeasesHealth(Replicas replicas) {
    this.replicas = replicas;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("leases").status(replicas.isAlive()).build();
  }
}
