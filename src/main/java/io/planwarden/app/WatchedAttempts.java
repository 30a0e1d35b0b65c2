package io.planwarden.app;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures every attempt at NCP by the name of its operation, and makes it a span of the trace of
 * whoever asked. Nothing that NCP is sent goes into a span: neither headers nor bodies.
 */
final class WatchedAttempts implements GatewayReads, GatewayWrites {
  private final GatewayReads reads;
  private final GatewayWrites writes;
  private final Tracer tracer;
  private final UpstreamMetrics metrics;

  WatchedAttempts(
      GatewayReads reads, GatewayWrites writes, Tracer tracer, UpstreamMetrics metrics) {
    this.reads = reads;
    this.writes = writes;
    this.tracer = tracer;
    this.metrics = metrics;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    return watched(OperationWords.of(query), call, () -> reads.read(query, call));
  }

  @Override
  public Uni<Receipt> send(Change change, Call call) {
    return watched(change.action().word(), call, () -> writes.send(change, call));
  }

  private <T> Uni<T> watched(String operation, Call call, Supplier<Uni<T>> attempt) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long began = System.nanoTime();
              Span span =
                  tracer
                      .spanBuilder(operation)
                      .setSpanKind(SpanKind.CLIENT)
                      .setAttribute("planwarden.attempt", call.attempt())
                      .startSpan();
              // What is thrown instead of being sent ends the span as any other failure does.
              return Uni.createFrom()
                  .<T>deferred(attempt::get)
                  .onItemOrFailure()
                  .invoke(
                      (item, failure) -> {
                        metrics.attempted(
                            operation, failure, Duration.ofNanos(System.nanoTime() - began));
                        end(span, item, failure);
                      })
                  .onCancellation()
                  .invoke(
                      () -> {
                        span.setAttribute("planwarden.result", "abandoned");
                        span.end();
                      });
            });
  }

  private static void end(Span span, @Nullable Object item, @Nullable Throwable failure) {
    span.setAttribute("planwarden.result", UpstreamMetrics.result(failure));
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
    }
    Integer status = status(item, failure);
    if (status != null) {
      span.setAttribute("http.response.status_code", status);
    }
    span.end();
  }

  private static @Nullable Integer status(@Nullable Object item, @Nullable Throwable failure) {
    if (failure instanceof UpstreamFailure upstream) {
      return upstream.status();
    }
    if (failure != null) {
      return null;
    }
    return item instanceof Receipt receipt ? receipt.status() : 200;
  }
}
