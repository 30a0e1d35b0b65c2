package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A usage plan; how many stages it is on is the state's to know, so that it is always true. */
record Plan(
    String usagePlanId,
    String usagePlanName,
    @Nullable String usagePlanDescription,
    Limits limits) {

  /** The full shape, {@code apigateway-usageplan-getusageplan}. */
  JsonObject toJson(long associatedStagesCount) {
    return Wire.object(
            "tenantId",
            Seed.TENANT_ID,
            "usagePlanId",
            usagePlanId,
            "usagePlanName",
            usagePlanName,
            "usagePlanDescription",
            usagePlanDescription)
        .mergeIn(limits.toJson())
        .put("associatedStagesCount", associatedStagesCount)
        .put("domainCode", Seed.DOMAIN_CODE);
  }

  /** The shape without limits of {@code apigateway-usageplan-getstageusageplan}. */
  JsonObject toSummary(long associatedStagesCount) {
    return Wire.object(
        "usagePlanId",
        usagePlanId,
        "usagePlanName",
        usagePlanName,
        "associatedStagesCount",
        associatedStagesCount,
        "domainCode",
        Seed.DOMAIN_CODE);
  }
}
