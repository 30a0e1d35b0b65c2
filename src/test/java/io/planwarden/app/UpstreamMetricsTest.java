package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Query;
import org.junit.jupiter.api.Test;

class UpstreamMetricsTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();

  /** An alert asks for their increase, which a series that begins at 1 does not have. */
  @Test
  void refusalsForTheAccountsQuota_areThereBeforeTheFirst() {
    assertThat(new UpstreamMetrics(meters)).isNotNull();

    assertThat(meters.get("planwarden.upstream.calls").tag("result", "account-quota").timers())
        .hasSize(Query.class.getPermittedSubclasses().length + Action.values().length)
        .allMatch(timer -> timer.count() == 0)
        .extracting(timer -> timer.getId().getTag("operation"))
        .contains("search-plans", "api-keys", "create-plan")
        .doesNotHaveDuplicates();
  }
}
