package io.planwarden.usage;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Subscription;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom a change of a plan would concern, by few reads that give way to all others, one after
 * the other. Thread-safe; does not block.
 */
@Singleton
public class Impacts {
  private final GatewayReads reads;
  private final Clock clock;

  Impacts(GatewayReads reads, Clock clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * Whom it would concern; never fails for what NCP does.
   *
   * @param limits those of the plan after the change
   * @param call the caller's own, until its answer is due
   */
  public Uni<Impact> of(String usagePlanId, Limits limits, Call call) {
    KeysOnPlan keys =
        new KeysOnPlan(
            usagePlanId,
            KeysOnPlan.Place.START,
            new FewReads(reads, FewReads.MOST, clock),
            call.patient(FewReads.deadline(call)));
    return keys.find(Integer.MAX_VALUE).map(done -> impact(keys, limits));
  }

  private static Impact impact(KeysOnPlan keys, Limits limits) {
    Map<String, Impact.OfProduct> products = new LinkedHashMap<>();
    for (PlanStage stage : keys.stages()) {
      String id = stage.productId();
      if (id != null) {
        products.putIfAbsent(id, new Impact.OfProduct(id, stage.productName()));
      }
    }
    return new Impact(
        List.copyOf(products.values()),
        keys.stages(),
        keys.found().stream().map(found -> onKey(found, limits)).toList(),
        keys.complete());
  }

  private static Impact.OfKey onKey(KeysOnPlan.Found found, Limits limits) {
    Subscription subscription = found.subscription();
    List<String> exceeds = new ArrayList<>();
    if (isBeyond(subscription.dayCallCount(), limits.dayQuotaRequest())) {
      exceeds.add("dayQuotaRequest");
    }
    if (isBeyond(subscription.monthCallCount(), limits.monthQuotaRequest())) {
      exceeds.add("monthQuotaRequest");
    }
    return new Impact.OfKey(
        found.productId(),
        subscription.stageId(),
        subscription.stageName(),
        found.apiKeyId(),
        subscription.apiKeyName(),
        KeyUsage.Calls.of(subscription),
        exceeds);
  }

  private static boolean isBeyond(@Nullable Long used, @Nullable Long quota) {
    return used != null && quota != null && used > quota;
  }
}
