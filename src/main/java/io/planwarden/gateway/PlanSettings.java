package io.planwarden.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a caller can set on a usage plan; null is left out of the request to NCP ({@code
 * apigateway-usageplan-createusageplan}, {@code -putusageplan}).
 */
public record PlanSettings(
    String usagePlanName, @Nullable String usagePlanDescription, Limits limits) {}
