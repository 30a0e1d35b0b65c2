package io.planwarden.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.planwarden.audit.AuditEvents;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts what happens while the audit is written. The names are those of docs/metrics.md. */
@Singleton
class AuditMetrics implements AuditEvents {
  private final Timer appends;
  private final Counter refused;
  private final Counter failures;

  AuditMetrics(MeterRegistry meters) {
    this.appends =
        Timer.builder("planwarden.audit.append").publishPercentiles(0.5, 0.99).register(meters);
    this.refused = meters.counter("planwarden.audit.refused");
    this.failures = meters.counter("planwarden.audit.failures");
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

  @Override
  public void recovered() {
    // The gauge of writability tells it.
  }
}
