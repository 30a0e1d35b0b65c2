package io.planwarden.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "abcdefghij1"})
  void keyThatNcpCannotBeAskedAbout_isPassedOverAndSaidToBeMissing(String id) {
    Product ncp = new Product(2);
    ncp.firstKey = id;

    Impact impact = impact(ncp);

    assertThat(impact.keys()).extracting(Impact.OfKey::apiKeyId).containsExactly("key1");
    assertThat(impact.complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "abcdefghij1"})
  void productThatNcpCannotBeAskedAbout_isPassedOverAndSaidToBeMissing(String id) {
    Product ncp = new Product(2);
    ncp.stages.add(new PlanStage(id, "Odd", "a", "A", "t", "T"));

    Impact impact = impact(ncp);

    assertThat(impact.keys()).hasSize(2);
    assertThat(impact.complete()).isFalse();
  }

  private Impact impact(int keys) {
    return impact(new Product(keys));
  }

  private static Impact impact(Product ncp) {
    return new Impacts(ncp, Clock.systemUTC())
        .of("planfree01", new Limits(null, null, null, null), CALL)
        .await()
        .indefinitely();
  }

  /** One product with one stage and many keys. */
  private final class Product implements GatewayReads {
    private final int keys;
    final List<PlanStage> stages =
        new ArrayList<>(List.of(new PlanStage("p", "P", "a", "A", "s", "S")));

    String firstKey = "key0";

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
        return new Page<>(stages, stages.size());
      }
      if (query instanceof Query.ApiKeys of) {
        assertThat(of.productId()).matches(Ids.FORM);
        Paging paging = of.paging();
        return new Page<>(
            IntStream.range(0, keys)
                .skip(paging.offset())
                .limit(paging.limit())
                .mapToObj(this::key)
                .toList(),
            keys);
      }
      assertThat(((Query.Subscriptions) query).apiKeyId()).matches(Ids.FORM);
      return new Page<>(List.of(subscription()), 1);
    }

    private ApiKey key(int number) {
      return new ApiKey(number == 0 ? firstKey : "key" + number, null, null, null, null, null);
    }
  }
}
