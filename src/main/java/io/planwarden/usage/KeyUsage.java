package io.planwarden.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Subscription;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an API key on a stage, and how much of it is used. Nothing that is not limited has a
 * remaining.
 *
 * @param stageId null where NCP names a stage by its name alone
 * @param limitedBy whose limits hold: the plan's, or the stage's default limits
 * @param limits what holds for the key
 * @param readAt from when this is; of several answers of NCP, the oldest
 */
@Schema(name = "KeyUsage")
public record KeyUsage(
    @Nullable String productId,
    @Nullable String stageId,
    @Nullable String stageName,
    String apiKeyId,
    @Nullable String apiKeyName,
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    LimitedBy limitedBy,
    Limits limits,
    Calls used,
    Calls remaining,
    Instant readAt) {

  /** Of a subscription and the limits that hold for it. */
  static KeyUsage of(
      String productId,
      @Nullable String stageId,
      String apiKeyId,
      Subscription subscription,
      Limits limits,
      Instant readAt) {
    Calls used = Calls.of(subscription);
    return new KeyUsage(
        productId,
        stageId,
        subscription.stageName(),
        apiKeyId,
        subscription.apiKeyName(),
        subscription.usagePlanId(),
        subscription.usagePlanName(),
        subscription.usagePlanId() == null ? LimitedBy.STAGE_DEFAULT : LimitedBy.PLAN,
        limits,
        used,
        used.leftOf(limits),
        readAt);
  }

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
    /** What NCP counted. */
    static Calls of(Subscription subscription) {
      return new Calls(subscription.dayCallCount(), subscription.monthCallCount());
    }

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
