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
    return new AuditRow(
        null,
        null,
        Phase.OUTCOME,
        UlidCreator.getMonotonicUlid().toString(),
        null,
        denied.requestId(),
        denied.caller(),
        denied.action(),
        Map.of(),
        null,
        Map.of("times", denied.times()),
        null,
        null,
        null,
        Outcome.REFUSED,
        null,
        "forbidden",
        null,
        null,
        null,
        null);
  }
}
