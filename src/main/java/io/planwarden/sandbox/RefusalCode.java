package io.planwarden.sandbox;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The errors the sandbox knows of. Codes below 10000 are those of NCP's table ({@code
 * ai-application-service-apigateway}); those from 19000 are invented, as NCP publishes none.
 */
enum RefusalCode {
  BAD_REQUEST(400, 100, "Bad Request Exception"),
  AUTHENTICATION_FAILED(401, 200, "Authentication Failed"),
  NO_SUCH_PATH(404, 300, "Not Found Exception"),
  TOO_LARGE(413, 430, "Request Entity Too Large"),
  UNEXPECTED(500, 900, "Unexpected Error"),

  // Answered by faults only.
  PERMISSION_DENIED(401, 210, "Permission Denied"),
  FORBIDDEN(403, 230, "Forbidden"),
  QUOTA_EXCEEDED(429, 400, "Quota Exceeded"),
  THROTTLE_LIMITED(429, 410, "Throttle Limited"),
  RATE_LIMITED(429, 420, "Rate Limited"),
  ENDPOINT_ERROR(503, 500, "Endpoint Error"),
  ENDPOINT_TIMEOUT(504, 510, "Endpoint Timeout"),

  INVALID(400, 19001, "Invalid parameter."),
  PLAN_NOT_ON_STAGE(400, 19002, "The usage plan is not associated with the stage."),
  KEY_NOT_ACCEPTED(400, 19003, "The API key's subscription is not accepted."),
  OFFSET_BEYOND_END(400, 19004, "The offset is beyond the end of the list."),
  UNKNOWN_PLAN(404, 19401, "Usage plan not found."),
  UNKNOWN_PRODUCT(404, 19402, "Product not found."),
  UNKNOWN_API(404, 19403, "API not found."),
  UNKNOWN_STAGE(404, 19404, "Stage not found."),
  UNKNOWN_KEY(404, 19405, "API key not found."),
  ALREADY_ATTACHED(409, 19901, "The usage plan is already associated with the stage."),
  NOT_ATTACHED(409, 19902, "The usage plan is not associated with the stage."),
  PLAN_ATTACHED(409, 19903, "The usage plan is associated with a stage."),
  PLAN_HAS_KEYS(409, 19904, "The usage plan is used by API keys of the stage."),
  NAME_TAKEN(409, 19905, "The usage plan name is already used.");

  final int status;
  final int code;
  final String message;

  RefusalCode(int status, int code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  /** The message that goes with a code, or null for one that is not among these. */
  static @Nullable String messageOf(long code) {
    return Stream.of(values())
        .filter(each -> each.code == code)
        .map(each -> each.message)
        .findFirst()
        .orElse(null);
  }
}
