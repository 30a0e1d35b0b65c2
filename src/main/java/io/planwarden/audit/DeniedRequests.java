package io.planwarden.audit;

import com.github.f4b6a3.ulid.UlidCreator;
import io.planwarden.request.Denied;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** Puts on record what known callers were refused; each row is an operation that ended there. */
@Singleton
class DeniedRequests {
  private static final Logger LOG = Logger.getLogger(DeniedRequests.class);

  private final Audit audit;

  DeniedRequests(Audit audit) {
    this.audit = audit;
  }

  void record(@Observes Denied denied) {
    audit
        .append(row(denied))
        .subscribe()
        .with(
            row -> {},
            failure ->
                LOG.errorf(
                    failure,
                    "not on record: forbidden caller=%s action=%s times=%d",
                    denied.caller().id(),
                    denied.action(),
                    denied.times()));
  }

  private static AuditRow row(Denied denied) {
    return AuditRowBuilder.builder()
        .phase(Phase.OUTCOME)
        .operationId(UlidCreator.getMonotonicUlid().toString())
        .requestId(denied.requestId())
        .caller(denied.caller())
        .action(denied.action())
        .target(Map.of())
        .request(Map.of("times", denied.times()))
        .outcome(Outcome.REFUSED)
        .detail("forbidden")
        .build();
  }
}
