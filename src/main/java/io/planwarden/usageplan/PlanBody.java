package io.planwarden.usageplan;

import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a create or an edit, by NCP's field names. A member that is null is left out. */
@Schema(
    name = "UsagePlanSettings",
    description =
        "What can be set on a usage plan. A member left out, or null, is not sent to NCP.",
    additionalProperties = Schema.False.class)
record PlanBody(
    @Schema(
            required = true,
            minLength = 1,
            maxLength = Rules.NAME_MAX,
            description = "1 to " + Rules.NAME_MAX + " characters")
        @Nullable String usagePlanName,
    @Schema(
            maxLength = Rules.DESCRIPTION_MAX,
            nullable = true,
            description = "At most " + Rules.DESCRIPTION_MAX + " characters")
        @Nullable String usagePlanDescription,
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
            description =
                "Requests per calendar day; goes with monthQuotaRequest; at least 1 in a create")
        @Nullable Long dayQuotaRequest,
    @Schema(
            minimum = "0",
            maximum = Rules.QUOTA_MAX,
            nullable = true,
            description =
                "Requests per calendar month; goes with dayQuotaRequest; at least 1 in a create")
        @Nullable Long monthQuotaRequest,
    @Schema(
            pattern = Rules.CONDITION,
            nullable = true,
            description = "Which responses count toward the quotas")
        @Nullable String quotaCondition) {

  /** The settings, if they keep all the rules. */
  PlanSettings settings(boolean allowZeroQuota) {
    String name = Rules.name(usagePlanName);
    Rules.description(usagePlanDescription);
    Limits limits = new Limits(rateRps, dayQuotaRequest, monthQuotaRequest, quotaCondition);
    return new PlanSettings(name, usagePlanDescription, Rules.limits(limits, allowZeroQuota));
  }
}
