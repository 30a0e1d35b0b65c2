package io.planwarden.usage;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom a change of a plan would concern, by few reads that give way to all others, one after
 * the other. Thread-safe; does not block.
 */
@Singleton
public class Impacts {
  private static final int MOST_READS = 50;
  // What was found until then still has to reach the caller in time.
  private static final Duration RESERVE = Duration.ofSeconds(2);

  private final GatewayReads reads;

  Impacts(GatewayReads reads) {
    this.reads = reads;
  }

  /**
   * Whom it would concern; never fails for what NCP does.
   *
   * @param limits those of the plan after the change
   * @param call the caller's own, until its answer is due
   */
  public Uni<Impact> of(String usagePlanId, Limits limits, Call call) {
    return new Search(usagePlanId, limits, call.patient(call.deadline().minus(RESERVE))).run();
  }

  /** One search, with what it has found so far. */
  private final class Search {
    private final String usagePlanId;
    private final Limits limits;
    private final Call call;
    private final FewReads few = new FewReads(reads, MOST_READS);
    private final List<PlanStage> stages = new ArrayList<>();
    private final List<Impact.OfKey> keys = new ArrayList<>();

    Search(String usagePlanId, Limits limits, Call call) {
      this.usagePlanId = usagePlanId;
      this.limits = limits;
      this.call = call;
    }

    Uni<Impact> run() {
      return Pages.all(paging -> few.read(new Query.StagesOfPlan(usagePlanId, paging), call))
          .invoke(stages::addAll)
          .chain(found -> each(List.copyOf(products().keySet()), this::product))
          .replaceWith(true)
          .onFailure(e -> e instanceof UpstreamFailure || e instanceof FewReads.Spent)
          .recoverWithItem(false)
          .map(this::impact);
    }

    private Uni<Void> product(String productId) {
      return Pages.all(paging -> few.read(new Query.ApiKeys(productId, paging), call))
          .map(found -> found.stream().map(ApiKey::apiKeyId).filter(Objects::nonNull).toList())
          .chain(ids -> each(ids, apiKeyId -> key(productId, apiKeyId)));
    }

    private Uni<Void> key(String productId, String apiKeyId) {
      return Pages.all(
              paging -> few.read(new Query.Subscriptions(productId, apiKeyId, null, paging), call))
          .invoke(
              found ->
                  found.stream()
                      .filter(each -> usagePlanId.equals(each.usagePlanId()))
                      .forEach(each -> keys.add(onKey(productId, apiKeyId, each))))
          .replaceWithVoid();
    }

    private Impact.OfKey onKey(String productId, String apiKeyId, Subscription subscription) {
      List<String> exceeds = new ArrayList<>();
      if (isBeyond(subscription.dayCallCount(), limits.dayQuotaRequest())) {
        exceeds.add("dayQuotaRequest");
      }
      if (isBeyond(subscription.monthCallCount(), limits.monthQuotaRequest())) {
        exceeds.add("monthQuotaRequest");
      }
      return new Impact.OfKey(
          productId,
          subscription.stageId(),
          subscription.stageName(),
          apiKeyId,
          subscription.apiKeyName(),
          new KeyUsage.Calls(subscription.dayCallCount(), subscription.monthCallCount()),
          exceeds);
    }

    private Map<String, Impact.OfProduct> products() {
      Map<String, Impact.OfProduct> products = new LinkedHashMap<>();
      for (PlanStage stage : stages) {
        String id = stage.productId();
        if (id != null) {
          products.putIfAbsent(id, new Impact.OfProduct(id, stage.productName()));
        }
      }
      return products;
    }

    private Impact impact(boolean complete) {
      return new Impact(
          List.copyOf(products().values()), List.copyOf(stages), List.copyOf(keys), complete);
    }
  }

  private static boolean isBeyond(@Nullable Long used, @Nullable Long quota) {
    return used != null && quota != null && used > quota;
  }

  private static <T> Uni<Void> each(List<T> items, Function<T, Uni<Void>> work) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUniAndConcatenate(item -> work.apply(item))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
