package io.planwarden.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.resilience.BreakerState;
import io.planwarden.resilience.CallKind;
import io.planwarden.resilience.Hold;
import io.planwarden.resilience.ResilienceEvents;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts what happens on the way to NCP. The names are those of docs/metrics.md. */
@Singleton
class UpstreamMetrics implements ResilienceEvents {
  private static final Logger LOG = Logger.getLogger(UpstreamMetrics.class);

  private final MeterRegistry meters;
  // To look a meter up by its tags costs more than to record.
  private final Map<CallKind, Timer> waits = new ConcurrentHashMap<>();
  private final Counter cacheHits;
  private final Counter cacheMisses;

  UpstreamMetrics(MeterRegistry meters) {
    this.meters = meters;
    // There from the start, so that the first time is seen as an increase.
    for (Hold hold : Hold.values()) {
      heldBack(meters, hold);
    }
    for (GivenUp why : GivenUp.values()) {
      givenUp(meters, why);
    }
    for (BreakerState state : BreakerState.values()) {
      breakerChanges(meters, state);
    }
    for (String operation : OperationWords.all()) {
      calls(meters, operation, word(FailureClass.ACCOUNT_QUOTA));
    }
    pauses(meters);
    reloads(meters, true);
    reloads(meters, false);
    cacheHits = cacheReads(meters, "hit");
    cacheMisses = cacheReads(meters, "miss");
  }

  /** An attempt at NCP came to its end. */
  void attempted(String operation, @Nullable Throwable failure, Duration took) {
    calls(meters, operation, result(failure)).record(took);
  }

  /** How an attempt ended: {@code success}, or the class of its failure. */
  static String result(@Nullable Throwable failure) {
    if (failure == null) {
      return "success";
    }
    return failure instanceof UpstreamFailure upstream ? word(upstream.kind()) : "defect";
  }

  @Override
  public void sent(CallKind kind, Duration waited) {
    waits
        .computeIfAbsent(
            kind, first -> meters.timer("planwarden.upstream.wait", "kind", word(first)))
        .record(waited);
  }

  @Override
  public void heldBack(Hold hold) {
    heldBack(meters, hold).increment();
  }

  @Override
  public void retried(CallKind kind, FailureClass failure) {
    meters
        .counter("planwarden.upstream.retries", "kind", word(kind), "failure", word(failure))
        .increment();
  }

  @Override
  public void givenUp(GivenUp why) {
    givenUp(meters, why).increment();
  }

  @Override
  public void paused(Duration pause) {
    pauses(meters).increment();
  }

  @Override
  public void breaker(BreakerState state) {
    LOG.warnf("upstream breaker=%s", word(state));
    breakerChanges(meters, state).increment();
  }

  @Override
  public void credentialsReloaded(boolean changed) {
    reloads(meters, changed).increment();
  }

  @Override
  public void cacheAsked(boolean hit) {
    (hit ? cacheHits : cacheMisses).increment();
  }

  private static Timer calls(MeterRegistry meters, String operation, String result) {
    return meters.timer("planwarden.upstream.calls", "operation", operation, "result", result);
  }

  private static Counter heldBack(MeterRegistry meters, Hold hold) {
    return meters.counter("planwarden.upstream.held.back", "reason", word(hold));
  }

  private static Counter givenUp(MeterRegistry meters, GivenUp why) {
    return meters.counter("planwarden.upstream.given.up", "reason", word(why));
  }

  private static Counter pauses(MeterRegistry meters) {
    return meters.counter("planwarden.upstream.pauses");
  }

  private static Counter breakerChanges(MeterRegistry meters, BreakerState state) {
    return meters.counter("planwarden.upstream.breaker.changes", "state", word(state));
  }

  private static Counter reloads(MeterRegistry meters, boolean changed) {
    return meters.counter(
        "planwarden.upstream.credentials.reloads", "result", changed ? "another" : "same");
  }

  private static Counter cacheReads(MeterRegistry meters, String result) {
    return meters.counter("planwarden.upstream.cache.reads", "result", result);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
