package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final PlanStage STAGE = new PlanStage("p", "P", "a", "A", "s", "S");
  private static final UsagePlan PLAN =
      new UsagePlan(
          "plan000001", "A", null, 1, null, null, null, null, null, null, null, null, null, null);

  private int calls;

  @Test
  void planOnMoreStagesThanCanBeRead_isRefusedAndNotSentOnForEver() {
    Call call = new Call("c", Clock.systemUTC().instant().plus(Duration.ofMinutes(1)), Reach.ALL);

    FacadeException refused =
        catchThrowableOfType(
            FacadeException.class,
            () ->
                new Usage(new ManyStages(), Clock.systemUTC())
                    .of("plan000001", null, 10, call)
                    .await()
                    .indefinitely());

    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_OVERSIZED);
    assertThat(refused.retryable()).isFalse();
    assertThat(calls).isEqualTo(FewReads.MOST);
  }

  private final class ManyStages implements GatewayReads {
    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      calls++;
      Object answer =
          query instanceof Query.GetPlan
              ? PLAN
              : new Page<>(Collections.nCopies(100, STAGE), 100_000);
      return Uni.createFrom().item((T) answer);
    }
  }
}
