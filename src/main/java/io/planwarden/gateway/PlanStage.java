package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** A stage that a plan is attached to ({@code apigateway-usageplan-getstage}). */
public record PlanStage(
    @Nullable String productId,
    @Nullable String productName,
    @Nullable String apiId,
    @Nullable String apiName,
    @Nullable String stageId,
    @Nullable String stageName) {}
