package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** A plan without its limits, as the list by stage has it ({@code -getstageusageplan}). */
public record PlanSummary(
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    @Nullable Long associatedStagesCount,
    @Nullable String domainCode) {}
