package io.planwarden.app;

import io.planwarden.audit.Standing;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while every change would be refused for want of its record. */
@Readiness
@Singleton
class AuditHealth implements HealthCheck {
  private final AuditStanding audit;

  AuditHealth(AuditStanding audit) {
    this.audit = audit;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = audit.now();
    var response =
        HealthCheckResponse.named("audit")
            .status(standing.isWritable())
            .withData("head", standing.head())
            .withData("waiting", standing.waiting())
            .withData("open", standing.open().count());
    if (standing.open().oldest() != null) {
      response.withData("oldestOpen", standing.open().oldest().toString());
    }
    if (standing.open().oldestId() != null) {
      response.withData("oldestOpenOperation", standing.open().oldestId());
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
