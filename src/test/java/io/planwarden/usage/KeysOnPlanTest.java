package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeysOnPlanTest {
  private static final int KEYS = 30;
  private static final Subscription ON_PLAN =
      new Subscription("a", "A", "s", "S", "k", "K", "plan", "Plan", 1L, 2L, null, null, null);

  @Test
  void keysOfWhichAPageIsTooLarge_areReadInSmallerOnes() {
    var reads = new FewReads(new LargeKeys(), FewReads.MOST, Clock.systemUTC());
    var keys =
        new KeysOnPlan(
            "plan", KeysOnPlan.Place.START, reads, new Call("c", Instant.EPOCH, Reach.ALL));

    keys.find(Integer.MAX_VALUE).await().indefinitely();

    assertThat(keys.complete()).isTrue();
    assertThat(keys.found()).hasSize(KEYS).doesNotHaveDuplicates();
  }

  /** A product with keys of which no more than ten fit into an answer. */
  private static final class LargeKeys implements GatewayReads {
    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      return query instanceof Query.ApiKeys keys && keys.paging().limit() > 10
          ? Uni.createFrom().failure(oversized())
          : (Uni<T>) Uni.createFrom().item(answer(query));
    }

    private static UpstreamFailure oversized() {
      return UpstreamFailure.answered(
          FailureClass.AMBIGUOUS, ErrorCode.UPSTREAM_OVERSIZED, "Too large.", 200, null, null);
    }

    private static Page<?> answer(Query<?> query) {
      if (query instanceof Query.StagesOfPlan) {
        return new Page<>(List.of(new PlanStage("p", "P", "a", "A", "s", "S")), 1);
      }
      return query instanceof Query.ApiKeys keys
          ? new Page<>(keys(keys.paging()), KEYS)
          : new Page<>(List.of(ON_PLAN), 1);
    }

    private static List<ApiKey> keys(Paging paging) {
      return LongStream.range(paging.offset(), Math.min(KEYS, paging.offset() + paging.limit()))
          .mapToObj(number -> new ApiKey("key" + number, null, null, null, null, null))
          .toList();
    }
  }
}
