package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Rate and quotas, of a plan or of a stage by default; null is not set ({@code
 * apigateway-stage-putdefaultusageplan}).
 *
 * @param rateRps requests per second
 * @param dayQuotaRequest requests per calendar day
 * @param monthQuotaRequest requests per calendar month
 * @param quotaCondition which responses count: 2xx, 3xx, 4xx, 5xx or others
 */
public record Limits(
    @Nullable Integer rateRps,
    @Nullable Long dayQuotaRequest,
    @Nullable Long monthQuotaRequest,
    @Nullable String quotaCondition) {}
