package io.planwarden.usageplan;

import com.fasterxml.jackson.annotation.JsonSetter;
import io.planwarden.change.PlanPatch;
import io.planwarden.gateway.Limits;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a merge patch (RFC 7396), by NCP's field names: what is left out keeps its value, and
 * null clears it. A reader calls the setters of the members that are there, null or not.
 */
@Schema(
    name = "UsagePlanPatch",
    description =
        "What to change on a usage plan. What is left out keeps its value; null clears it.",
    additionalProperties = Schema.False.class)
final class PatchBody {
  @Schema(hidden = true)
  private final SortedMap<String, Object> wanted = new TreeMap<>();

  @Schema(hidden = true)
  private final SortedSet<String> cleared = new TreeSet<>();

  private void put(String name, @Nullable Object value) {
    if (value == null) {
      cleared.add(name);
    } else {
      wanted.put(name, value);
    }
  }

  @JsonSetter
  @Schema(
      minLength = 1,
      maxLength = Rules.NAME_MAX,
      description = "1 to " + Rules.NAME_MAX + " characters; cannot be cleared")
  void setUsagePlanName(@Nullable String usagePlanName) {
    put("usagePlanName", usagePlanName);
  }

  @JsonSetter
  @Schema(
      maxLength = Rules.DESCRIPTION_MAX,
      nullable = true,
      description = "At most " + Rules.DESCRIPTION_MAX + " characters")
  void setUsagePlanDescription(@Nullable String usagePlanDescription) {
    put("usagePlanDescription", usagePlanDescription);
  }

  @JsonSetter
  @Schema(
      minimum = "1",
      maximum = Rules.RATE_MAX,
      nullable = true,
      description = "Requests per second")
  void setRateRps(@Nullable Integer rateRps) {
    put("rateRps", rateRps == null ? null : Long.valueOf(rateRps));
  }

  @JsonSetter
  @Schema(
      minimum = "0",
      maximum = Rules.QUOTA_MAX,
      nullable = true,
      description = "Requests per calendar day; set or cleared with monthQuotaRequest")
  void setDayQuotaRequest(@Nullable Long dayQuotaRequest) {
    put("dayQuotaRequest", dayQuotaRequest);
  }

  @JsonSetter
  @Schema(
      minimum = "0",
      maximum = Rules.QUOTA_MAX,
      nullable = true,
      description = "Requests per calendar month; set or cleared with dayQuotaRequest")
  void setMonthQuotaRequest(@Nullable Long monthQuotaRequest) {
    put("monthQuotaRequest", monthQuotaRequest);
  }

  @JsonSetter
  @Schema(
      pattern = Rules.CONDITION,
      nullable = true,
      description = "Which responses count toward the quotas")
  void setQuotaCondition(@Nullable String quotaCondition) {
    put("quotaCondition", quotaCondition);
  }

  /** The patch, if it keeps all the rules that can be told without the plan. */
  PlanPatch patch(String usagePlanId, boolean allowZeroQuota) {
    if (cleared.contains("usagePlanName")) {
      throw FacadeException.field(
          ErrorCode.INVALID_FIELD, "usagePlanName", "must not be null: every plan has a name");
    }
    if (wanted.get("usagePlanName") instanceof String name) {
      Rules.name(name);
    }
    Rules.description((String) wanted.get("usagePlanDescription"));
    Long rate = (Long) wanted.get("rateRps");
    Rules.ranges(
        new Limits(
            rate == null ? null : Math.toIntExact(rate),
            (Long) wanted.get("dayQuotaRequest"),
            (Long) wanted.get("monthQuotaRequest"),
            (String) wanted.get("quotaCondition")),
        allowZeroQuota);
    if (cleared.contains("dayQuotaRequest") != cleared.contains("monthQuotaRequest")) {
      String other = cleared.contains("dayQuotaRequest") ? "monthQuotaRequest" : "dayQuotaRequest";
      throw FacadeException.field(
          ErrorCode.QUOTA_PAIR_REQUIRED, other, "must be null with the other quota");
    }
    return new PlanPatch(usagePlanId, wanted, cleared);
  }
}
