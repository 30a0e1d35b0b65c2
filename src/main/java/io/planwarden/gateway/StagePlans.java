package io.planwarden.gateway;

/**
 * The plans of a stage ({@code apigateway-stage-getstageusageplan}).
 *
 * @param defaults what holds for API keys without a named plan
 * @param attached the named plans attached to the stage
 */
public record StagePlans(Limits defaults, Page<UsagePlan> attached) {}
