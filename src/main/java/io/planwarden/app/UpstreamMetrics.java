package io.planwarden.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.gateway.FailureClass;
import io.planwarden.resilience.BreakerState;
import io.planwarden.resilience.CallKind;
import io.planwarden.resilience.Hold;
import io.planwarden.resilience.ResilienceEvents;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts what happens on the way to NCP. The names are those of docs/metrics.md. */
@Singleton
class UpstreamMetrics implements ResilienceEvents {
  private static final Logger LOG = Logger.getLogger(UpstreamMetrics.class);

  private final MeterRegistry meters;

  UpstreamMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void sent(CallKind kind, Duration waited) {
    meters.timer("planwarden.upstream.wait", "operation", word(kind)).record(waited);
  }

  @Override
  public void ended(CallKind kind, @Nullable FailureClass failure, Duration took) {
    String result = failure == null ? "success" : word(failure);
    meters
        .timer("planwarden.upstream.calls", "operation", word(kind), "result", result)
        .record(took);
  }

  @Override
  public void heldBack(Hold hold) {
    meters.counter("planwarden.upstream.held.back", "reason", word(hold)).increment();
  }

  @Override
  public void retried(CallKind kind, FailureClass failure) {
    meters
        .counter("planwarden.upstream.retries", "operation", word(kind), "failure", word(failure))
        .increment();
  }

  @Override
  public void givenUp(GivenUp why) {
    meters.counter("planwarden.upstream.given.up", "reason", word(why)).increment();
  }

  @Override
  public void paused(Duration pause) {
    meters.counter("planwarden.upstream.pauses").increment();
  }

  @Override
  public void breaker(BreakerState state) {
    LOG.warnf("upstream breaker=%s", word(state));
    meters.counter("planwarden.upstream.breaker.changes", "state", word(state)).increment();
  }

  @Override
  public void credentialsReloaded(boolean changed) {
    meters
        .counter("planwarden.upstream.credentials.reloads", "result", changed ? "another" : "same")
        .increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
