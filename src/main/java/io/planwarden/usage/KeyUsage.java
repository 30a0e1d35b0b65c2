package io.planwarden.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.planwarden.gateway.Limits;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an API key on a stage, and how much of it is used. Nothing that is not limited has a
 * remaining.
 *
 * @param limitedBy whose limits hold: the plan's, or the stage's default limits
 * @param limits what holds for the key
 */
@Schema(name = "KeyUsage")
public record KeyUsage(
    String stageId,
    String apiKeyId,
    @Nullable String apiKeyName,
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    LimitedBy limitedBy,
    Limits limits,
    Calls used,
    Calls remaining) {

  /** Whose limits hold. */
  public enum LimitedBy {
    PLAN,
    STAGE_DEFAULT;

    /** The word in answers. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Calls of the running calendar day and month.
   *
   * @param day null if NCP does not tell, or if there is no limit to be left of
   * @param month the same for the month
   */
  public record Calls(@Nullable Long day, @Nullable Long month) {
    /** What is left of the quotas after these calls; never below 0. */
    Calls leftOf(Limits limits) {
      return new Calls(
          left(limits.dayQuotaRequest(), day), left(limits.monthQuotaRequest(), month));
    }

    private static @Nullable Long left(@Nullable Long quota, @Nullable Long used) {
      return quota == null || used == null ? null : Long.valueOf(Math.max(0, quota - used));
    }
  }
}
