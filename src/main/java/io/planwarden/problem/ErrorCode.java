package io.planwarden.problem;

/**
 * Every public error code. The codes are part of the API: they are never renamed, and a caller may
 * switch on them. The HTTP status says what kind of answer it is, the code which one.
 */
public enum ErrorCode {
  // The request is at fault: mend it before sending it again.
  INVALID_ID(
      "invalid-id",
      400,
      "Invalid identifier",
      "An identifier in the path or body is not 1 to 10 ASCII letters and digits.",
      "Send the identifier as NCP shows it, for example plan1wthl9."),
  INVALID_PARAMETER(
      "invalid-parameter",
      400,
      "Invalid parameter",
      "A query parameter or header has a value outside its range or form.",
      "Correct the parameter that the problem names in field."),
  INVALID_FIELD(
      "invalid-field",
      400,
      "Invalid field",
      "A member of the request body has the wrong type or a value outside its range.",
      "Correct the member that the problem names in field; rule says what is allowed."),
  QUOTA_PAIR_REQUIRED(
      "quota-pair-required",
      400,
      "Both quotas or none",
      "NCP accepts dayQuotaRequest and monthQuotaRequest only together.",
      "Send both quotas, or leave both out."),
  ZERO_QUOTA_AMBIGUOUS(
      "zero-quota-ambiguous",
      400,
      "A quota of 0 is ambiguous",
      "NCP does not document whether a quota of 0 blocks every call or lifts the limit.",
      "Send a quota of at least 1."),
  MALFORMED_JSON(
      "malformed-json",
      400,
      "Malformed JSON",
      "The body is not one well-formed JSON value in UTF-8 without a byte-order mark.",
      "Send exactly one JSON object."),
  BAD_REQUEST(
      "bad-request",
      400,
      "Bad request",
      "The request breaks a rule of HTTP itself, for example it has no Host header.",
      "Send a well-formed HTTP request."),
  UNKNOWN_PATH(
      "unknown-path",
      404,
      "Unknown path",
      "Nothing is served at this path.",
      "See the list of operations at /q/openapi."),
  USAGE_PLAN_NOT_FOUND(
      "usage-plan-not-found",
      404,
      "Usage plan not found",
      "NCP knows no usage plan with this id.",
      "List the usage plans at /v1/usage-plans."),
  STAGE_NOT_FOUND(
      "stage-not-found",
      404,
      "Stage not found",
      "NCP knows no stage by this reference.",
      "Give the stage as productId:apiId:stageId and check the three ids."),
  PRODUCT_NOT_FOUND(
      "product-not-found",
      404,
      "Product not found",
      "NCP knows no product, or no API of it, with this id.",
      "List the products at /v1/products and their APIs below them."),
  API_KEY_NOT_FOUND(
      "api-key-not-found",
      404,
      "API key not found",
      "NCP knows no subscription of this API key on this stage.",
      "Check that the API key is subscribed to the stage's product."),
  OPERATION_NOT_FOUND(
      "operation-not-found",
      404,
      "Operation not found",
      "No operation with this id is recorded.",
      "Use the Operation-Id header of the answer to the change."),
  METHOD_NOT_ALLOWED(
      "method-not-allowed",
      405,
      "Method not allowed",
      "The path exists, but not with this method.",
      "Use one of the methods in the Allow header."),
  NOT_ACCEPTABLE(
      "not-acceptable",
      406,
      "Not acceptable",
      "The answer exists in none of the media types of the Accept header.",
      "Accept application/json, or leave the header out."),
  CONTENT_TOO_LARGE(
      "content-too-large",
      413,
      "Content too large",
      "The body is larger than 64 KiB.",
      "Send a smaller body."),
  URI_TOO_LONG(
      "uri-too-long",
      414,
      "URI too long",
      "The request line is longer than 4096 bytes.",
      "Send a shorter path and query."),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type",
      415,
      "Unsupported media type",
      "The body is not declared as a media type that the operation reads.",
      "Send Content-Type: application/json."),
  HEADERS_TOO_LARGE(
      "headers-too-large",
      431,
      "Headers too large",
      "The headers are larger than 16 KiB together.",
      "Send fewer or shorter headers."),

  // The state is at fault: look at it before sending the request again.
  PLAN_NAME_EXISTS(
      "plan-name-exists",
      409,
      "A plan with this name exists",
      "A usage plan with exactly this name exists already; usagePlanIds lists it.",
      "Use the existing plan, another name, or ?allowDuplicateName=true."),
  STAGE_AMBIGUOUS(
      "stage-ambiguous",
      409,
      "The stage id is not unique",
      "Several APIs have a stage with this id; stages lists them.",
      "Give the stage as productId:apiId:stageId, or narrow it with ?productId=."),
  UPSTREAM_CONFLICT(
      "upstream-conflict",
      409,
      "NCP reports a conflict",
      "NCP refused the change because of the state that its objects are in.",
      "Read the target again and decide anew; upstream carries NCP's own words."),
  CHANGE_IN_FLIGHT(
      "change-in-flight",
      409,
      "A change of this target is not settled",
      "An earlier change of the same target has no known outcome yet.",
      "Look at the operation in Location, and try again after Retry-After."),
  UPSTREAM_REJECTED(
      "upstream-rejected",
      422,
      "NCP rejected the request",
      "NCP found the content of the request invalid.",
      "Correct the request by what upstream says."),
  UPSTREAM_NOT_FOUND(
      "upstream-not-found",
      404,
      "NCP did not find the target",
      "NCP answered that something the request names does not exist.",
      "Check the ids of the request; upstream carries NCP's own words."),

  // Planwarden or NCP is at fault or busy.
  INTERNAL_ERROR(
      "internal-error",
      500,
      "Internal error",
      "Planwarden has a defect; it is in the log under the request id.",
      "Report the request id to those who run Planwarden."),
  UPSTREAM_CREDENTIALS_REJECTED(
      "upstream-credentials-rejected",
      502,
      "NCP rejected Planwarden's credentials",
      "NCP does not accept the access key, the signature or the clock of Planwarden.",
      "Tell those who run Planwarden to check its NCP key pair and its clock."),
  UPSTREAM_PERMISSION_DENIED(
      "upstream-permission-denied",
      502,
      "NCP denies Planwarden the permission",
      "Planwarden's NCP account may not do this.",
      "Tell those who run Planwarden to grant its sub account the permission."),
  UPSTREAM_FAILED(
      "upstream-failed",
      502,
      "NCP failed",
      "NCP answered with a server error or with an answer outside its contract.",
      "Try again later; upstream carries NCP's status and code.",
      true),
  UPSTREAM_UNREADABLE(
      "upstream-unreadable",
      502,
      "NCP's answer is unreadable",
      "NCP answered success with a body that is not what its contract says.",
      "Try again later.",
      true),
  UPSTREAM_UNREACHABLE(
      "upstream-unreachable",
      503,
      "NCP is unreachable",
      "No connection to NCP could be made; nothing was sent.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_BUSY(
      "upstream-busy",
      503,
      "Too many calls to NCP",
      "The rate allowed towards NCP leaves no room for the call in time; nothing was sent.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_THROTTLED(
      "upstream-throttled",
      503,
      "NCP asks to slow down",
      "NCP refused the call because too many were made in a short time.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_QUOTA_EXHAUSTED(
      "upstream-quota-exhausted",
      503,
      "NCP's quota is exhausted",
      "The account's daily or monthly quota of management calls is used up.",
      "Wait until the period ends, or have the quota raised.",
      false),
  AUDIT_UNAVAILABLE(
      "audit-unavailable",
      503,
      "The audit cannot be written",
      "A change is sent only after its intent is durable, and it could not be made durable.",
      "Try again after Retry-After; reads keep working.",
      true),
  TARGET_BUSY(
      "target-busy",
      503,
      "The target is busy",
      "Other changes of the same target were still running when the wait ended.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_TIMEOUT(
      "upstream-timeout",
      504,
      "NCP did not answer in time",
      "A read was sent to NCP and no answer came before the deadline.",
      "Try again later.",
      true),
  OUTCOME_UNKNOWN(
      "outcome-unknown",
      504,
      "The outcome is not known yet",
      "The change was sent, and whether it took effect could not be settled in time.",
      "Look at the operation in Location until it is settled; do not send the change again."),
  NOT_IN_EFFECT(
      "not-in-effect",
      504,
      "The change is not in effect yet",
      "NCP accepted the change, but still shows the state before it.",
      "Look at the operation in Location until it is settled.");

  private final String code;
  private final int status;
  private final String title;
  private final String cause;
  private final String remedy;
  private final boolean retryable;

  ErrorCode(String code, int status, String title, String cause, String remedy) {
    this(code, status, title, cause, remedy, false);
  }

  ErrorCode(String code, int status, String title, String cause, String remedy, boolean retryable) {
    this.code = code;
    this.status = status;
    this.title = title;
    this.cause = cause;
    this.remedy = remedy;
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
    return title;
  }

  /** One sentence: why this happens. */
  public String cause() {
    return cause;
  }

  /** One sentence: what the caller does next. */
  public String remedy() {
    return remedy;
  }

  /** Whether the very same request, sent again, is safe and may succeed. */
  public boolean retryable() {
    return retryable;
  }
}
