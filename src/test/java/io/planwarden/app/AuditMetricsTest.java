package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Action;
import io.planwarden.request.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditMetricsTest {
  private static final String ACTION = Action.CREATE_PLAN.word();

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AuditMetrics metrics = new AuditMetrics(meters);

  /** There before the first, and not counted while somebody looks again. */
  @Test
  void operationThatEndsUnknown_isCountedWhenNobodyLooksAnyMore() {
    assertThat(resolvedUnknown()).isZero();

    metrics.recorded(resolution().build());
    assertThat(resolvedUnknown()).isZero();

    metrics.recorded(resolution().closed(true).build());
    assertThat(resolvedUnknown()).isOne();
  }

  private double resolvedUnknown() {
    return meters
        .get("planwarden.changes.resolved")
        .tags("action", ACTION, "outcome", "unknown")
        .counter()
        .count();
  }

  private static AuditRowBuilder resolution() {
    return AuditRowBuilder.builder()
        .phase(Phase.RESOLUTION)
        .operationId("o")
        .caller(Caller.anonymous("127.0.0.1"))
        .action(ACTION)
        .target(Map.of())
        .outcome(Outcome.UNKNOWN);
  }
}
