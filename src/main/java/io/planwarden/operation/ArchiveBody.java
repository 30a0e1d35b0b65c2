package io.planwarden.operation;

import io.planwarden.audit.Anchor;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that names the last row of an archive. */
@Schema(name = "ArchivedThrough", additionalProperties = Schema.False.class)
record ArchiveBody(
    @Schema(required = true, pattern = "^" + Anchor.FORM + "$") @Nullable String through) {
  Anchor anchor() {
    if (through == null) {
      throw FacadeException.field(ErrorCode.INVALID_FIELD, "through", "is required");
    }
    return Anchor.parse(through)
        .orElseThrow(
            () ->
                FacadeException.field(
                    ErrorCode.INVALID_FIELD,
                    "through",
                    "must be seq:hash of an archive's last row"));
  }
}
