package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UsagePlan;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
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

  @Test
  void useOfAPlanOfManyKeys_isFoundInPagesOfFiftyCallsEach() {
    Usage usage = new Usage(new Product(120), Clock.systemUTC());
    List<Integer> reads = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<Boolean> complete = new ArrayList<>();
    String cursor = null;
    do {
      calls.clear();
      PlanUsage page = usage.of("planfree01", cursor, 200, CALL).await().indefinitely();
      reads.add(calls.size());
      complete.add(page.complete());
      page.items().forEach(item -> found.add(item.apiKeyId()));
      cursor = page.next();
    } while (cursor != null);

    assertThat(reads).containsExactly(50, 50, 29);
    assertThat(complete).containsExactly(false, false, true);
    assertThat(found).hasSize(120).doesNotHaveDuplicates();
  }

  private Impact impact(int keys) {
    return new Impacts(new Product(keys), Clock.systemUTC())
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

    private static Subscription subscription() {
      return new Subscription(
          "a", "A", "s", "S", "k", "K", "planfree01", "Free", 1L, 2L, null, null, null);
    }

    private Object answer(Query<?> query) {
      if (query instanceof Query.GetPlan) {
        return new UsagePlan(
            "planfree01",
            "Free",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
      }
      if (query instanceof Query.StagesOfPlan) {
        return new Page<>(List.of(new PlanStage("p", "P", "a", "A", "s", "S")), 1);
      }
      if (query instanceof Query.ApiKeys of) {
        Paging paging = of.paging();
        return new Page<>(
            IntStream.range(0, keys)
                .skip(paging.offset())
                .limit(paging.limit())
                .mapToObj(Product::key)
                .toList(),
            keys);
      }
      return new Page<>(List.of(subscription()), 1);
    }

    private static ApiKey key(int number) {
      return new ApiKey("key" + number, null, null, null, null, null);
    }
  }
}
