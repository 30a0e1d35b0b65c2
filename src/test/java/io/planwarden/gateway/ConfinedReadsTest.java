package io.planwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfinedReadsTest {
  private static final Call CALL =
      new Call("somebody", Instant.MAX, new Reach(Set.of("weather001")));

  @Test
  void planWithAnIdThatCannotBeAskedFor_isOutOfReach() {
    GatewayReads confined = new ConfinedReads(new PlansOnWeather());

    Page<UsagePlan> plans =
        confined.read(new Query.SearchPlans(null, new Paging(0, 10)), CALL).await().indefinitely();

    assertThat(plans.items()).extracting(UsagePlan::usagePlanId).containsExactly("plan1");
    assertThat(plans.total()).isEqualTo(1);
  }

  /** Two plans, both on a stage of the product within reach. */
  private static final class PlansOnWeather implements GatewayReads {
    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      if (query instanceof Query.StagesOfPlan of) {
        assertThat(Ids.isValid(of.usagePlanId())).as(of.usagePlanId()).isTrue();
        var stage = new PlanStage("weather001", null, "forecast01", null, "wfcstprod1", null);
        return (Uni<T>) Uni.createFrom().item(new Page<>(List.of(stage), 1));
      }
      var plans = Stream.of("plan-1-toolong", "plan1").map(PlansOnWeather::plan).toList();
      return (Uni<T>) Uni.createFrom().item(new Page<>(plans, plans.size()));
    }

    private static UsagePlan plan(String id) {
      return new UsagePlan(
          id, id, null, null, null, null, null, 1L, null, null, null, null, null, null);
    }
  }
}
