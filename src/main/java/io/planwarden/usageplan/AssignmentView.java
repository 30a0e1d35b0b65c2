package io.planwarden.usageplan;

import org.jspecify.annotations.Nullable;

/**
 * Which plan an API key has on a stage.
 *
 * @param usagePlanId null while the stage's default limits hold for the key
 */
record AssignmentView(
    String stageId,
    String apiKeyId,
    @Nullable String usagePlanId,
    @Nullable String usagePlanName) {}
