package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.audit.Standing;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the audit cannot be written: every change would be refused. */
@Readiness
@Singleton
class AuditHealth implements HealthCheck {
  private final Audit audit;

  AuditHealth(Audit audit) {
    this.audit = audit;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = audit.standing();
    var response =
        HealthCheckResponse.named("audit")
            .status(standing.isWritable())
            .withData("head", standing.head())
            .withData("waiting", standing.waiting())
            .withData("open", standing.open().count());
    if (standing.open().oldest() != null) {
      response.withData("oldestOpen", standing.open().oldest().toString());
    }
    String trouble = standing.trouble();
    if (trouble != null) {
      response.withData("trouble", trouble);
    }
    if (standing.since() != null) {
      response.withData("since", standing.since().toString());
    }
    return response.build();
  }
}
