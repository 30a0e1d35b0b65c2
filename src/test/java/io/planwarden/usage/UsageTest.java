package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private static final PlanStage STAGE = new PlanStage("p", "P", "a", "A", "s", "S");
  private static final UsagePlan PLAN =
      new UsagePlan(
          "plan000001", "A", null, 1, null, null, null, null, null, null, null, null, null, null);

  private static final Call CALL =
      new Call("c", Clock.systemUTC().instant().plus(Duration.ofMinutes(1)), Reach.ALL);

  private int calls;

  @Test
  void planOnMoreStagesThanCanBeRead_isRefusedAndNotSentOnForEver() {
    FacadeException refused =
        catchThrowableOfType(
            FacadeException.class,
            () ->
                new Usage(new ManyStages(), Clock.systemUTC())
                    .of("plan000001", null, 10, CALL)
                    .await()
                    .indefinitely());

    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_OVERSIZED);
    assertThat(refused.retryable()).isFalse();
    assertThat(calls).isEqualTo(FewReads.MOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "abcdefghij1"})
  void planThatNcpCannotBeAskedAbout_isAnUnreadableAnswer(String planId) {
    var onIt =
        new Subscription("a", "A", "s", "S", "k", "K", planId, "?", 1L, 2L, null, null, null);
    Usage usage = new Usage(new OneSubscription(onIt), Clock.systemUTC());

    assertThatThrownBy(
            () -> usage.of(new StageRef("p", "a", "s"), "k", CALL).await().indefinitely())
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE))
        .hasMessageContaining(Ids.RULE);
  }

  /** Knows of nothing else. */
  private record OneSubscription(Subscription only) implements GatewayReads {
    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      assertThat(query).isInstanceOf(Query.Subscriptions.class);
      return Uni.createFrom().item((T) new Page<>(List.of(only), 1));
    }
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
