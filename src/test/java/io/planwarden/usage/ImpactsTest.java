package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of NCP an impact may take. */
class ImpactsTest {
  private static final Call CALL = new Call("c", Instant.EPOCH, Reach.ALL);

  private final List<Call> calls = new ArrayList<>();

  @Test
  void planOfManyKeys_takesFiftyCallsAndSaysThatItIsNotAll() {
    Impact impact = impact(200);

    assertThat(calls).hasSize(50);
    assertThat(impact.complete()).isFalse();
    assertThat(impact.stages()).hasSize(1);
  }

  @Test
  void planOfFewKeys_isCompleteAndGivesWayToAllOthers() {
    assertThat(impact(48).complete()).isTrue();
    assertThat(calls).hasSize(50).extracting(Call::callerId).containsOnly(Call.PATIENT);
  }

  private Impact impact(int keys) {
    return new Impacts(new Product(keys))
        .of("planfree01", new Limits(null, null, null, null), CALL)
        .await()
        .indefinitely();
  }

  /** One product with one stage and many keys. */
  private final class Product implements GatewayReads {
    private final int keys;

    Product(int keys) {
      this.keys = keys;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      calls.add(call);
      return (Uni<T>) Uni.createFrom().item(answer(query));
    }

    private Page<?> answer(Query<?> query) {
      if (query instanceof Query.StagesOfPlan) {
        return new Page<>(List.of(new PlanStage("p", "P", "a", "A", "s", "S")), 1);
      }
      if (query instanceof Query.ApiKeys) {
        return new Page<>(IntStream.range(0, keys).mapToObj(Product::key).toList(), keys);
      }
      return new Page<>(List.of(), 0);
    }

    private static ApiKey key(int number) {
      return new ApiKey("key" + number, null, null, null, null, null);
    }
  }
}
