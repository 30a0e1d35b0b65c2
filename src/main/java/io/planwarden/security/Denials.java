package io.planwarden.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.problem.ErrorCode;
import io.planwarden.request.Caller;
import io.planwarden.request.CallerIdentity;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Denied;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Callers who are known and were refused what they may not do. Every answer 403 of a resource
 * passes here, whatever its reason; each is counted, and told as {@link Denied} so that it gets
 * into the audit.
 */
@Singleton
public class Denials {
  private static final int MOST_KEYS = 10_000;
  private static final int BEFORE_THE_AUDIT_STOPS = 1;

  private record Key(String callerId, String kind, String action) {}

  private record Last(Caller caller, String requestId) {}

  private final Tally<Key, Last> tally = new Tally<>(Duration.ofMinutes(1), MOST_KEYS);
  private final CurrentRequest request;
  private final Event<Denied> denied;
  private final MeterRegistry meters;
  private final Clock clock;

  Denials(CurrentRequest request, Event<Denied> denied, MeterRegistry meters, Clock clock) {
    this.request = request;
    this.denied = denied;
    this.meters = meters;
    this.clock = clock;
  }

  /** Looks at an answer on its way out. */
  @ServerResponseFilter
  public void see(ContainerResponseContext answer, ResourceInfo resource, RoutingContext http) {
    if (answer.getStatus() == ErrorCode.FORBIDDEN.status()) {
      CallerIdentity.callerOf(http)
          .ifPresent(caller -> count(caller, action(resource.getResourceMethod()), request.id()));
    }
  }

  private void count(Caller caller, String action, String requestId) {
    meters.counter("planwarden.security.forbidden", "action", action).increment();
    tally
        .add(
            new Key(caller.id(), caller.kind(), action),
            new Last(caller, requestId),
            clock.instant())
        .ifPresent(this::tell);
  }

  /** There are as many actions as operations, so that nobody can make up new ones. */
  private static String action(@Nullable Method method) {
    Operation operation = method == null ? null : method.getAnnotation(Operation.class);
    return operation == null ? "unknown" : operation.operationId();
  }

  @Scheduled(every = "10s")
  void tellWhatFollowed() {
    tally.due(clock.instant()).forEach(this::tell);
  }

  void tellTheRest(@Observes @Priority(BEFORE_THE_AUDIT_STOPS) ShutdownEvent event) {
    tally.rest().forEach(this::tell);
  }

  private void tell(Tally.Report<Key, Last> report) {
    denied.fire(
        new Denied(
            report.last().caller(),
            report.key().action(),
            report.times(),
            report.last().requestId()));
  }
}
