package io.planwarden.usage;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Reads use and remaining. Thread-safe; does not block. */
@Singleton
public class Usage {
  private final GatewayReads reads;

  Usage(GatewayReads reads) {
    this.reads = reads;
  }

  /** Plan, use and remaining of one key on one stage; fails with {@code api-key-not-found}. */
  public Uni<KeyUsage> of(StageRef stage, String apiKeyId, Call call) {
    return Pages.all(
            paging ->
                reads.read(
                    new Query.Subscriptions(stage.productId(), apiKeyId, stage.stageId(), paging),
                    call))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> noKey(stage, apiKeyId))
        .map(
            subscriptions ->
                subscriptions.stream()
                    .filter(s -> stage.stageId().equals(s.stageId()))
                    .findFirst()
                    .orElseThrow(() -> noKey(stage, apiKeyId)))
        .chain(subscription -> with(subscription, stage, apiKeyId, call));
  }

  private Uni<KeyUsage> with(
      Subscription subscription, StageRef stage, String apiKeyId, Call call) {
    String planId = subscription.usagePlanId();
    KeyUsage.LimitedBy limitedBy =
        planId == null ? KeyUsage.LimitedBy.STAGE_DEFAULT : KeyUsage.LimitedBy.PLAN;
    Uni<Limits> limits =
        planId == null
            ? reads
                .read(new Query.PlansOfStage(stage, new Paging(0, 1)), call)
                .map(StagePlans::defaults)
            : reads.read(new Query.GetPlan(planId), call).map(UsagePlan::limits);
    KeyUsage.Calls used =
        new KeyUsage.Calls(subscription.dayCallCount(), subscription.monthCallCount());
    return limits.map(
        held ->
            new KeyUsage(
                stage.stageId(),
                apiKeyId,
                subscription.apiKeyName(),
                planId,
                subscription.usagePlanName(),
                limitedBy,
                held,
                used,
                used.leftOf(held)));
  }

  private static FacadeException noKey(StageRef stage, String apiKeyId) {
    return new FacadeException(
        ErrorCode.API_KEY_NOT_FOUND,
        "NCP knows no API key " + apiKeyId + " on stage " + stage + ".");
  }
}
