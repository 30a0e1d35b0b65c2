package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The rate and quotas of a plan, or of a stage for keys without a named plan. */
record Limits(
    @Nullable Long rateRps,
    @Nullable Long dayQuotaRequest,
    @Nullable Long monthQuotaRequest,
    @Nullable String quotaCondition) {

  static final Limits NONE = new Limits(null, null, null, null);

  Limits withCondition(@Nullable String condition) {
    return new Limits(rateRps, dayQuotaRequest, monthQuotaRequest, condition);
  }

  JsonObject toJson() {
    return Wire.object(
        "rateRps",
        rateRps,
        "dayQuotaRequest",
        dayQuotaRequest,
        "monthQuotaRequest",
        monthQuotaRequest,
        "quotaCondition",
        quotaCondition);
  }
}
