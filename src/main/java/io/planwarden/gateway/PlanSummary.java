package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** A plan without its limits, as the list by stage has it ({@code -getstageusageplan}). */
public record PlanSummary(
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    @Nullable Long associatedStagesCount,
    @Nullable String domainCode) {

  /** The plan, as far as the summary tells. */
  public UsagePlan plan() {
    return new UsagePlan(
        usagePlanId,
        usagePlanName,
        null,
        null,
        null,
        null,
        null,
        associatedStagesCount,
        domainCode,
        null,
        null,
        null,
        null,
        null);
  }
}
