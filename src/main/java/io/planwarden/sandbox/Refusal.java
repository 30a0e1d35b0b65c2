package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.ErrorCodeType;
import org.jspecify.annotations.Nullable;

/** Ends an operation with an error of NCP's envelope; nothing has taken effect. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RefusalCode code;
  private final @Nullable String details;

  Refusal(RefusalCode code, @Nullable String details) {
    super(details == null ? code.message : details, null, false, false);
    this.code = code;
    this.details = details;
  }

  Refusal(RefusalCode code) {
    this(code, null);
  }

  static Refusal invalid(String details) {
    return new Refusal(RefusalCode.INVALID, details);
  }

  Reply.Whole reply(ErrorCodeType type) {
    return new Reply.Json(
        code.status,
        Wire.object(
            "error",
            Wire.object(
                "errorCode", type.of(code.code), "message", code.message, "details", details)));
  }
}
