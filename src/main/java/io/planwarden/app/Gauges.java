package io.planwarden.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.ncp.KeyRing;
import io.planwarden.resilience.BreakerState;
import io.planwarden.resilience.Resilience;
import io.planwarden.resilience.SkewMeter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is measured by looking. There from the start, whether anybody asks for health or not. */
@Singleton
class Gauges {
  private static final int AFTER_THE_START = Interceptor.Priority.APPLICATION + 1_000;

  private final MeterRegistry meters;
  private final Clock clock;

  Gauges(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  void register(
      @Observes @Priority(AFTER_THE_START) StartupEvent event,
      AuditStanding audit,
      Resilience resilience,
      Replicas replicas,
      KeyRing keys,
      SkewMeter skew) {
    meters.gauge("planwarden.replica.members", replicas, Replicas::members);
    meters.gauge("planwarden.replica.permits", replicas, Replicas::permits);
    FunctionCounter.builder("planwarden.replica.losses", replicas, Replicas::losses)
        .register(meters);
    audit(audit);
    upstream(resilience);
    meters.gauge("planwarden.upstream.clock.skew.seconds", skew, Gauges::seconds);
    credentials(keys);
  }

  private void audit(AuditStanding audit) {
    meters.gauge("planwarden.audit.writable", audit, a -> a.now().isWritable() ? 1 : 0);
    meters.gauge("planwarden.audit.waiting", audit, a -> a.now().waiting());
    meters.gauge("planwarden.audit.head", audit, a -> a.now().head());
    meters.gauge("planwarden.audit.open", audit, a -> a.now().open().count());
    meters.gauge("planwarden.audit.open.age.seconds", audit, a -> age(a.now().open().oldest()));
  }

  private void upstream(Resilience resilience) {
    meters.gauge("planwarden.upstream.waiting", resilience, r -> r.standing().waiting());
    meters.gauge("planwarden.upstream.running", resilience, r -> r.standing().running());
    meters.gauge("planwarden.upstream.rate", resilience, r -> r.standing().rate());
    meters.gauge("planwarden.upstream.retries.left", resilience, Resilience::retriesLeft);
    for (BreakerState state : BreakerState.values()) {
      Gauge.builder(
              "planwarden.upstream.breaker.state",
              resilience,
              r -> r.standing().breaker() == state ? 1 : 0)
          .tag("state", UpstreamMetrics.word(state))
          .register(meters);
    }
  }

  private void credentials(KeyRing keys) {
    meters.gauge("planwarden.upstream.credentials.age.seconds", keys, k -> k.age().toSeconds());
    for (KeyRing.Which which : KeyRing.Which.values()) {
      Gauge.builder(
              "planwarden.upstream.credentials.readable", keys, k -> k.isReadable(which) ? 1 : 0)
          .tag("pair", KeyWatch.word(which))
          .register(meters);
    }
  }

  private double age(@Nullable Instant began) {
    return began == null ? 0 : Duration.between(began, clock.instant()).toMillis() / 1000.0;
  }

  private static double seconds(SkewMeter skew) {
    return skew.skew().orElse(Duration.ZERO).toMillis() / 1000.0;
  }
}
