package io.planwarden.problem;

import java.util.Locale;

/**
 * Every public error code: the constant's name in lower case, with hyphens. The codes are part of
 * the API: they are never renamed, and a caller may switch on them. The HTTP status says what kind
 * of answer it is, the code which one.
 */
public enum ErrorCode {
  // The request is at fault: mend it before sending it again.
  INVALID_ID(400),
  INVALID_PARAMETER(400),
  INVALID_FIELD(400),
  UNKNOWN_FIELD(400),
  DUPLICATE_FIELD(400),
  QUOTA_PAIR_REQUIRED(400),
  ZERO_QUOTA_AMBIGUOUS(400),
  MALFORMED_JSON(400),
  BAD_REQUEST(400),
  IDEMPOTENCY_KEY_REQUIRED(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  PRODUCT_FORBIDDEN(403),
  CROSS_SITE_REQUEST(403),
  UNKNOWN_PATH(404),
  USAGE_PLAN_NOT_FOUND(404),
  STAGE_NOT_FOUND(404),
  PRODUCT_NOT_FOUND(404),
  API_KEY_NOT_FOUND(404),
  OPERATION_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  REQUEST_TIMEOUT(408, true),
  CONTENT_TOO_LARGE(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  HOST_NOT_ALLOWED(421),
  HEADERS_TOO_LARGE(431),
  TOO_MANY_REQUESTS(429, true),
  // The state is at fault: look at it before sending the request again.
  PLAN_NAME_EXISTS(409),
  PLAN_IN_USE(409),
  NOT_REVERTIBLE(409),
  REVERTED_TARGET_CHANGED(409),
  PLAN_NOT_ON_STAGE(409),
  CLEAR_NOT_SUPPORTED(409),
  PRECONDITION_FAILED(412),
  PRECONDITION_REQUIRED(428),
  STAGE_AMBIGUOUS(409),
  UPSTREAM_CONFLICT(409),
  CHANGE_IN_FLIGHT(409, true),
  IDEMPOTENCY_KEY_IN_PROGRESS(409, true),
  IDEMPOTENCY_KEY_REUSED(422),
  ARCHIVE_REFUSED(409),
  UPSTREAM_REJECTED(422),
  UPSTREAM_NOT_FOUND(404),
  // Planwarden or NCP is at fault or busy.
  INTERNAL_ERROR(500),
  UPSTREAM_CREDENTIALS_REJECTED(502),
  UPSTREAM_PERMISSION_DENIED(502),
  UPSTREAM_FAILED(502, true),
  UPSTREAM_UNREADABLE(502, true),
  UPSTREAM_REDIRECTED(502),
  UPSTREAM_OVERSIZED(502),
  UPSTREAM_UNREACHABLE(503, true),
  UPSTREAM_THROTTLED(503, true),
  UPSTREAM_QUOTA_EXHAUSTED(503),
  UPSTREAM_BUSY(503, true),
  IDENTITY_PROVIDER_UNAVAILABLE(503, true),
  AUDIT_UNAVAILABLE(503, true),
  AUDIT_BUSY(503, true),
  TARGET_BUSY(503, true),
  UPSTREAM_TIMEOUT(504, true),
  OUTCOME_UNKNOWN(504),
  NOT_IN_EFFECT(504);

  private final String code;
  private final int status;
  private final boolean retryable;

  ErrorCode(int status) {
    this(status, false);
  }

  ErrorCode(int status, boolean retryable) {
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.status = status;
    this.retryable = retryable;
  }

  /** The stable word for this error, as callers see it. */
  public String code() {
    return code;
  }

  /** The HTTP status that it is answered with. */
  public int status() {
    return status;
  }

  /** A few words, the same for every occurrence. */
  public String title() {
    return ErrorTexts.of(this, "title");
  }

  /** One sentence: why this happens. */
  public String cause() {
    return ErrorTexts.of(this, "cause");
  }

  /** One sentence: what the caller does next. */
  public String remedy() {
    return ErrorTexts.of(this, "remedy");
  }

  /** Whether the very same request, sent again, is safe and may succeed. */
  public boolean retryable() {
    return retryable;
  }
}
