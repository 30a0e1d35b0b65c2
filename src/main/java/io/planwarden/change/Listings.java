package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What NCP lists, together with what our own changes added that NCP may not show yet, and with what
 * the audit tells of who made it. Thread-safe; does not block.
 *
 * @param reads for all else
 */
record Listings(GatewayReads reads, Additions additions, Recorded recorded) {

  /** The plans that NCP lists with exactly this name. */
  Uni<List<UsagePlan>> plansNamed(String usagePlanName, Call call) {
    return Pages.whole(paging -> reads.read(new Query.SearchPlans(usagePlanName, paging), call))
        .map(found -> found.stream().filter(p -> usagePlanName.equals(p.usagePlanName())).toList());
  }

  /** The ids of the plans with exactly this name, also of those that NCP does not list yet. */
  Uni<List<String>> idsNamed(String usagePlanName, Call call) {
    // As of before the look, for its answer may be from then.
    List<String> added = additions.named(usagePlanName);
    return plansNamed(usagePlanName, call)
        .map(
            plans -> {
              Set<String> ids = new LinkedHashSet<>();
              plans.forEach(plan -> ids.add(id(plan)));
              ids.addAll(added);
              return List.copyOf(ids);
            });
  }

  /** Without it nobody could tell the plan from one that is made next. */
  private static String id(UsagePlan plan) {
    String id = plan.usagePlanId();
    if (id == null) {
      throw new FacadeException(
          ErrorCode.UPSTREAM_UNREADABLE, "NCP lists a usage plan of this name without its id.");
    }
    return id;
  }

  /**
   * The stages that the plan is on, also if NCP does not list them yet; none if there is no such
   * plan.
   */
  Uni<List<PlanStage>> stagesOf(String usagePlanId, Call call) {
    List<StageRef> added = additions.stagesOf(usagePlanId);
    return Pages.whole(paging -> reads.read(new Query.StagesOfPlan(usagePlanId, paging), call))
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(List.<PlanStage>of())
        .map(
            found ->
                Stream.concat(
                        found.stream(),
                        added.stream()
                            .filter(stage -> found.stream().noneMatch(each -> isThe(stage, each)))
                            .map(Listings::unnamed))
                    .toList());
  }

  /**
   * Whether a change of ours put the plan on the stage a moment ago, which NCP may not list yet.
   */
  boolean isAdded(String usagePlanId, StageRef stage) {
    return additions.stagesOf(usagePlanId).stream()
        .anyMatch(each -> each.stageId().equals(stage.stageId()));
  }

  /**
   * Those of the plans that no operation is on record for as having made them. One with a row that
   * cannot be made out is not among them: that row may say so.
   */
  Uni<List<UsagePlan>> unclaimed(List<UsagePlan> plans) {
    return Multi.createFrom()
        .iterable(plans)
        .onItem()
        .transformToUniAndConcatenate(
            plan -> isClaimed(plan.usagePlanId()).map(claimed -> claimed ? null : plan))
        .collect()
        .asList();
  }

  private Uni<Boolean> isClaimed(@Nullable String usagePlanId) {
    return usagePlanId == null
        ? Uni.createFrom().item(false)
        : recorded
            .creations(usagePlanId)
            .map(
                found ->
                    found
                        .map(rows -> rows.stream().anyMatch(row -> made(row, usagePlanId)))
                        .orElse(true));
  }

  private static boolean made(AuditRow row, String usagePlanId) {
    Outcome outcome = row.outcome();
    return outcome != null
        && outcome.tookEffect()
        && usagePlanId.equals(Image.after(row).text("usagePlanId"));
  }

  private static boolean isThe(StageRef stage, PlanStage listed) {
    return stage.stageId().equals(listed.stageId());
  }

  private static PlanStage unnamed(StageRef stage) {
    return new PlanStage(stage.productId(), null, stage.apiId(), null, stage.stageId(), null);
  }
}
