package io.planwarden.usage;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads use and remaining. Thread-safe; does not block. */
@Singleton
public class Usage {
  private final GatewayReads reads;
  private final Clock clock;

  Usage(GatewayReads reads, Clock clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /** Plan, use and remaining of one key on one stage; fails with {@code api-key-not-found}. */
  public Uni<KeyUsage> of(StageRef stage, String apiKeyId, Call call) {
    FewReads dated = new FewReads(reads, Integer.MAX_VALUE, clock);
    return Pages.all(
            paging ->
                dated.read(
                    new Query.Subscriptions(stage.productId(), apiKeyId, stage.stageId(), paging),
                    call))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> Missing.key(apiKeyId, stage))
        .map(
            subscriptions ->
                Subscription.onStage(stage.stageId(), subscriptions)
                    .orElseThrow(() -> noUse(stage, apiKeyId)))
        .chain(subscription -> with(subscription, stage, apiKeyId, dated, call));
  }

  private static Uni<KeyUsage> with(
      Subscription subscription, StageRef stage, String apiKeyId, FewReads reads, Call call) {
    String planId = subscription.usagePlanId();
    Uni<Limits> limits =
        planId == null
            ? reads.read(new Query.DefaultLimits(stage), call)
            : reads
                .read(new Query.GetPlan(Ids.given("key's plan", planId)), call)
                .map(UsagePlan::limits);
    return limits.map(
        held ->
            KeyUsage.of(
                stage.productId(), stage.stageId(), apiKeyId, subscription, held, reads.readAt()));
  }

  /**
   * Use and remaining of the API keys on a plan, by at most {@value FewReads#MOST} calls to NCP;
   * fails with {@code usage-plan-not-found}, and with {@code upstream-oversized} if those do not
   * even reach its first key.
   *
   * @param cursor the next of an earlier page, null for the first
   * @param limit how many to look for at most; what belongs to one key is never parted, so there
   *     may be a few more
   */
  public Uni<PlanUsage> of(String usagePlanId, @Nullable String cursor, int limit, Call call) {
    FewReads few = new FewReads(reads, FewReads.MOST, clock);
    KeysOnPlan.Place from = PlanUsage.place(cursor);
    Call timely = new Call(call.callerId(), FewReads.deadline(call), call.reach());
    KeysOnPlan keys = new KeysOnPlan(usagePlanId, from, few, timely);
    return few.read(new Query.GetPlan(usagePlanId), call)
        .chain(plan -> keys.find(limit).replaceWith(plan))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> Missing.plan(usagePlanId))
        .invoke(plan -> failIfDenied(keys))
        .invoke(plan -> failWithoutProgress(keys, from))
        .map(plan -> PlanUsage.of(usagePlanId, plan, keys, few.readAt()));
  }

  private static void failIfDenied(KeysOnPlan keys) {
    UpstreamFailure denied = keys.denied();
    if (denied != null) {
      throw denied;
    }
  }

  /** Who is sent on to where it was would come back for ever. */
  private static void failWithoutProgress(KeysOnPlan keys, KeysOnPlan.Place from) {
    if (!from.equals(keys.next())) {
      return;
    }
    if (keys.stoppedBy() instanceof UpstreamFailure failure) {
      throw failure;
    }
    if (keys.stoppedBy() instanceof FewReads.Spent) {
      throw new FacadeException(
          ErrorCode.UPSTREAM_OVERSIZED,
          "The plan is on so many stages that "
              + FewReads.MOST
              + " calls to NCP end before its first key. Ask for the use of single keys.");
    }
  }

  /** NCP does not say whether it shows a key without a plan. */
  private static FacadeException noUse(StageRef stage, String apiKeyId) {
    return new FacadeException(
        ErrorCode.API_KEY_NOT_FOUND,
        "NCP shows no plan and no use of API key "
            + apiKeyId
            + " on stage "
            + stage
            + ": it may not be accepted there, or have no plan.");
  }
}
