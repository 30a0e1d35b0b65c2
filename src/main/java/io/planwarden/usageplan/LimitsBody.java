package io.planwarden.usageplan;

import io.planwarden.gateway.Limits;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that sets a stage's default limits. A member that is null is left out. */
@Schema(
    name = "DefaultLimits",
    description =
        "What holds on a stage for API keys without a named plan. A member left out, or null, is not"
            + " sent to NCP.",
    additionalProperties = Schema.False.class)
record LimitsBody(
    @Schema(
            minimum = "1",
            maximum = Rules.RATE_MAX,
            nullable = true,
            description = "Requests per second")
        @Nullable Integer rateRps,
    @Schema(
            minimum = "0",
            maximum = Rules.QUOTA_MAX,
            nullable = true,
            description = "Requests per calendar day; goes with monthQuotaRequest")
        @Nullable Long dayQuotaRequest,
    @Schema(
            minimum = "0",
            maximum = Rules.QUOTA_MAX,
            nullable = true,
            description = "Requests per calendar month; goes with dayQuotaRequest")
        @Nullable Long monthQuotaRequest,
    @Schema(
            pattern = Rules.CONDITION,
            nullable = true,
            description = "Which responses count toward the quotas")
        @Nullable String quotaCondition) {

  /** The limits, if they keep all the rules and name at least one. */
  Limits limits(boolean allowZeroQuota) {
    Limits limits = new Limits(rateRps, dayQuotaRequest, monthQuotaRequest, quotaCondition);
    return Rules.atLeastOne(Rules.limits(limits, allowZeroQuota));
  }
}
