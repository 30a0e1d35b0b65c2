package io.planwarden.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.request.CallerIdentity;
import io.planwarden.request.EarlyAnswer;
import io.planwarden.request.FilterOrder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Counts each caller's requests to the API, tells in every answer what is left, and refuses those
 * beyond, before their bodies are read. Who is refused goes to the metrics and the log, not to the
 * audit, which a loud caller must not be able to fill.
 */
@Singleton
class CallerLimit {
  private static final String API = "/v1/";

  private final CallerBuckets buckets;
  private final Complaints complaints;
  private final MeterRegistry meters;

  CallerLimit(RateLimitConfig config, TimeMeter time, MeterRegistry meters) {
    this.buckets = new CallerBuckets(config, time);
    this.complaints = new Complaints(time);
    this.meters = meters;
    meters.gauge("planwarden.ratelimit.buckets", buckets, CallerBuckets::size);
    for (Limit limit : Limit.values()) {
      // There from the start, so that the first refusal is seen as an increase.
      refused(limit);
    }
  }

  void register(@Observes Router router) {
    router.route().order(FilterOrder.CALLER_LIMIT).handler(this::count);
  }

  private void count(RoutingContext http) {
    Optional<String> caller = CallerIdentity.callerOf(http).map(Caller::share);
    if (caller.isEmpty() || !http.normalizedPath().startsWith(API)) {
      http.next();
      return;
    }
    String share = caller.get();
    Optional<Grant> grant = buckets.take(share, Limit.of(http.request().method()));
    grant.ifPresent(
        g ->
            http.response()
                .putHeader("RateLimit-Policy", g.quota().policy())
                .putHeader("RateLimit", g.state()));
    if (grant.isPresent() && !grant.get().granted()) {
      refuse(http, share, grant.get());
    } else {
      http.next();
    }
  }

  private void refuse(RoutingContext http, String share, Grant grant) {
    Limit limit = grant.quota().limit();
    refused(limit).increment();
    complaints.refused(share, limit);
    EarlyAnswer.send(
        http,
        new FacadeException(
                ErrorCode.TOO_MANY_REQUESTS,
                "More than %d %s within %d s."
                    .formatted(grant.quota().requests(), limit.word(), Quota.WINDOW.toSeconds()))
            .retryAfter(grant.renewal()));
  }

  private Counter refused(Limit limit) {
    return meters.counter("planwarden.ratelimit.refused", "limit", limit.word());
  }
}
