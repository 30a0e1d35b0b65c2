package io.planwarden.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.planwarden.audit.AuditEvents;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Action;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what happens while the audit is written. The names are those of docs/metrics.md. */
@Singleton
class AuditMetrics implements AuditEvents {
  private static final Set<String> ACTIONS =
      Arrays.stream(Action.values()).map(Action::word).collect(Collectors.toUnmodifiableSet());

  private final MeterRegistry meters;
  private final Timer appends;
  private final Counter refused;
  private final Counter failures;

  AuditMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.appends =
        Timer.builder("planwarden.audit.append").publishPercentiles(0.5, 0.99).register(meters);
    this.refused = meters.counter("planwarden.audit.refused");
    this.failures = meters.counter("planwarden.audit.failures");
    for (String action : ACTIONS) {
      for (Outcome outcome : Outcome.values()) {
        // There from the start, so that the first change is seen as an increase.
        changes(action, outcome);
        resolved(action, outcome);
      }
    }
  }

  /** Rows of other actions, such as what callers were forbidden, are no changes. */
  @Override
  public void recorded(AuditRow row) {
    Outcome outcome = row.outcome();
    if (outcome == null || !ACTIONS.contains(row.action())) {
      return;
    }
    if (row.phase() == Phase.OUTCOME) {
      changes(row.action(), outcome).increment();
    } else if (row.phase() == Phase.RESOLUTION && row.settles()) {
      resolved(row.action(), outcome).increment();
    }
  }

  private Counter changes(String action, Outcome outcome) {
    return meters.counter("planwarden.changes", "action", action, "outcome", outcome.word());
  }

  private Counter resolved(String action, Outcome outcome) {
    return meters.counter(
        "planwarden.changes.resolved", "action", action, "outcome", outcome.word());
  }

  @Override
  public void appended(Duration took) {
    appends.record(took);
  }

  @Override
  public void refused() {
    refused.increment();
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
