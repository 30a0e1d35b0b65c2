package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Receipt;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchedAttemptsTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void attemptThatThrows_isCountedAsADefect() {
    GatewayReads reads =
        new GatewayReads() {
          @Override
          public <T> Uni<T> read(Query<T> query, Call call) {
            throw new IllegalArgumentException("no id");
          }
        };
    GatewayWrites writes = (change, call) -> Uni.createFrom().<Receipt>nothing();
    WatchedAttempts attempts =
        new WatchedAttempts(
            reads, writes, OpenTelemetry.noop().getTracer("test"), new UpstreamMetrics(meters));
    Call call = new Call("caller", Instant.MAX, Reach.ALL);

    assertThatThrownBy(
            () -> attempts.read(new Query.GetPlan("plan-1"), call).await().indefinitely())
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(
            meters
                .get("planwarden.upstream.calls")
                .tag("operation", OperationWords.of(new Query.GetPlan("plan-1")))
                .tag("result", "defect")
                .timer()
                .count())
        .isEqualTo(1);
  }
}
