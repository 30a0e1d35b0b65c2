package io.planwarden.request;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the log of every request, once, when it is over: logger {@value AccessLines#LOGGER}. */
@Singleton
class AccessLog {
  private static final String PROBLEM = "planwarden.problem";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE");

  private final ServedPaths served;
  private final Clock clock;
  private final AccessLines lines;

  AccessLog(ServedPaths served, Clock clock, AccessLines lines) {
    this.served = served;
    this.clock = clock;
    this.lines = lines;
  }

  /** Begins with a request, whose id is known. On its event loop. */
  void watch(RoutingContext http) {
    long began = System.nanoTime();
    SpanContext span = Span.current().getSpanContext();
    http.addEndHandler(
        end -> {
          if (lines.areWanted()) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            lines.add(event(http, took, span, end.failed()));
          }
        });
  }

  /** The request is answered with a problem of this code. */
  static void answered(RoutingContext http, ErrorCode code) {
    http.put(PROBLEM, code.code());
  }

  private AccessEvent event(
      RoutingContext http, Duration took, SpanContext span, boolean connectionLost) {
    HttpServerRequest request = http.request();
    HttpServerResponse response = http.response();
    Optional<Caller> caller = CallerIdentity.callerOf(http);
    String method = request.method().name();
    return new AccessEvent(
        clock.instant(),
        http.get(Arrival.REQUEST_ID),
        METHODS.contains(method) ? method : "other",
        served.template(String.valueOf(request.path())),
        response.headWritten() ? response.getStatusCode() : null,
        took.toNanos() / 1_000 / 1_000.0,
        caller.map(Caller::id).orElse(null),
        caller.map(Caller::kind).orElse(null),
        address(request),
        http.get(PROBLEM),
        response.headers().get("Operation-Id"),
        response.headers().get("Operation-Outcome"),
        span.isValid() ? span.getTraceId() : null,
        connectionLost);
  }

  private static @Nullable String address(HttpServerRequest request) {
    var peer = request.remoteAddress();
    return peer == null ? null : peer.hostAddress();
  }
}
