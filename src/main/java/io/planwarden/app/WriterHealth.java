package io.planwarden.app;

import io.planwarden.audit.Audit;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Not alive once the thread that writes the audit is gone. It outlives every trouble with the
 * store; what ends it, such as a lack of memory, only a new process mends.
 */
@Liveness
@Singleton
class WriterHealth implements HealthCheck {
  private final Audit audit;

  WriterHealth(Audit audit) {
    this.audit = audit;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("audit-writer")
        .status(audit.isAlive())
        .withData("waiting", audit.standing().waiting())
        .build();
  }
}
