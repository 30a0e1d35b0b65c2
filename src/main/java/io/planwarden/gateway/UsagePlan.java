package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A usage plan as NCP returns it; a member that NCP leaves out is null ({@code
 * apigateway-usageplan-getusageplan}).
 *
 * @param rateRps requests per second
 * @param dayQuotaRequest requests per calendar day
 * @param monthQuotaRequest requests per calendar month
 * @param quotaCondition which responses count toward the quotas: 2xx, 3xx, 4xx, 5xx or others
 * @param associatedStagesCount how many stages the plan is attached to
 */
public record UsagePlan(
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    @Nullable String usagePlanDescription,
    @Nullable Integer rateRps,
    @Nullable Long dayQuotaRequest,
    @Nullable Long monthQuotaRequest,
    @Nullable String quotaCondition,
    @Nullable Long associatedStagesCount,
    @Nullable String domainCode,
    @Nullable String tenantId,
    @Nullable String modifier,
    @Nullable Boolean disabled,
    @Nullable String permission,
    @Nullable String actionName) {

  /** Its rate and quotas. */
  public Limits limits() {
    return new Limits(rateRps, dayQuotaRequest, monthQuotaRequest, quotaCondition);
  }
}
