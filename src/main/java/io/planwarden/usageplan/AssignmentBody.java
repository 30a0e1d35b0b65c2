package io.planwarden.usageplan;

import io.planwarden.gateway.Ids;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that puts an API key on a plan. */
@Schema(name = "PlanAssignment", additionalProperties = Schema.False.class)
record AssignmentBody(
    @Schema(required = true, pattern = "^" + Ids.FORM + "$") @Nullable String usagePlanId) {
  /** The plan's id. */
  String id() {
    if (usagePlanId == null) {
      throw FacadeException.field(ErrorCode.INVALID_FIELD, "usagePlanId", "is required");
    }
    return Ids.check("usagePlanId", usagePlanId);
  }
}
