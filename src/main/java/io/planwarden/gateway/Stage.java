package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/** A stage of an API ({@code apigateway-stage-getstage}). */
public record Stage(
    @Nullable String stageId,
    @Nullable String stageName,
    @Nullable String apiId,
    @Nullable String endpointDomain) {}
