package io.planwarden.usageplan;

import io.planwarden.change.Done;
import org.jspecify.annotations.Nullable;

/**
 * Which plan an API key has on a stage.
 *
 * @param usagePlanId null while the stage's default limits hold for the key
 */
record AssignmentView(
    String stageId, String apiKeyId, @Nullable String usagePlanId, @Nullable String usagePlanName) {
  static AssignmentView of(String stageId, String apiKeyId, Done done) {
    return new AssignmentView(
        stageId, apiKeyId, done.after().text("usagePlanId"), done.after().text("usagePlanName"));
  }
}
