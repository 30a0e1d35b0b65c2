package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/**
 * One API key on one stage, with its plan and its use ({@code apigateway-product-subscription}).
 *
 * @param usagePlanId null while the stage's default limits hold for the key
 * @param dayCallCount calls counted today
 * @param monthCallCount calls counted this month
 */
public record Subscription(
    @Nullable String apiId,
    @Nullable String apiName,
    @Nullable String stageId,
    @Nullable String stageName,
    @Nullable String apiKeyId,
    @Nullable String apiKeyName,
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    @Nullable Long dayCallCount,
    @Nullable Long monthCallCount,
    @Nullable String regTime,
    @Nullable String modTime,
    @Nullable String domainCode) {
  /** Whether it may be of the one stage that was asked for: NCP need not name it. */
  public boolean mayBeOf(String stage) {
    return stageId == null || stageId.equals(stage);
  }
}
