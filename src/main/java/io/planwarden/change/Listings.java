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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What NCP lists, together with what is known of our own changes: those that NCP does not show yet,
 * and those that made what it shows. Thread-safe; does not block.
 *
 * @param reads for all else
 */
record Listings(GatewayReads reads, Additions additions, Recorded recorded) {

  /** The plans with exactly this name. */
  Uni<List<UsagePlan>> plansNamed(String usagePlanName, Call call) {
    return Pages.all(paging -> reads.read(new Query.SearchPlans(usagePlanName, paging), call))
        .map(
            found -> {
              List<UsagePlan> plans =
                  found.stream().filter(p -> usagePlanName.equals(p.usagePlanName())).toList();
              Set<String> ids =
                  plans.stream().map(UsagePlan::usagePlanId).collect(Collectors.toSet());
              return with(
                  plans,
                  additions.named(usagePlanName).stream()
                      .filter(plan -> !ids.contains(plan.usagePlanId()))
                      .toList());
            });
  }

  /** The stages that the plan is on; none if there is no such plan. */
  Uni<List<PlanStage>> stagesOf(String usagePlanId, Call call) {
    return Pages.all(paging -> reads.read(new Query.StagesOfPlan(usagePlanId, paging), call))
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(List.<PlanStage>of())
        .map(
            found ->
                with(
                    found,
                    additions.stagesOf(usagePlanId).stream()
                        .filter(stage -> found.stream().noneMatch(each -> isThe(stage, each)))
                        .map(Listings::unnamed)
                        .toList()));
  }

  /** Those of the plans that no operation is on record for as having made them. */
  Uni<List<UsagePlan>> unclaimed(List<UsagePlan> plans) {
    return Multi.createFrom()
        .iterable(plans)
        .onItem()
        .transformToUniAndConcatenate(
            plan ->
                recorded
                    .creations(Objects.requireNonNull(plan.usagePlanId()))
                    .map(rows -> rows.stream().anyMatch(row -> made(row, plan)) ? null : plan))
        .collect()
        .asList();
  }

  private static boolean made(AuditRow row, UsagePlan plan) {
    return (row.outcome() == Outcome.APPLIED || row.outcome() == Outcome.ADOPTED)
        && Objects.equals(plan.usagePlanId(), Image.after(row).text("usagePlanId"));
  }

  private static boolean isThe(StageRef stage, PlanStage listed) {
    return stage.stageId().equals(listed.stageId());
  }

  private static PlanStage unnamed(StageRef stage) {
    return new PlanStage(stage.productId(), null, stage.apiId(), null, stage.stageId(), null);
  }

  private static <T> List<T> with(List<T> found, List<T> added) {
    List<T> all = new ArrayList<>(found);
    all.addAll(added);
    return all;
  }
}
