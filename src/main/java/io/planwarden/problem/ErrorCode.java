package io.planwarden.problem;

import java.util.Locale;

/**
 * Every public error code: the constant's name in lower case, with hyphens. The codes are part of
 * the API: they are never renamed, and a caller may switch on them. The HTTP status says what kind
 * of answer it is, the code which one.
 */
public enum ErrorCode {
  // The request is at fault: mend it before sending it again.
  INVALID_ID(
      400,
      "Invalid identifier",
      "An identifier in the path or body is not 1 to 10 ASCII letters and digits.",
      "Send the identifier as NCP shows it, for example plan1wthl9."),
  INVALID_PARAMETER(
      400,
      "Invalid parameter",
      "A query parameter or header is unknown, is repeated, or has a value outside its range.",
      "Correct the parameter that the problem names in field; rule says what is allowed."),
  INVALID_FIELD(
      400,
      "Invalid field",
      "A member of the request body has the wrong type or a value outside its range.",
      "Correct the member that the problem names in field; rule says what is allowed."),
  UNKNOWN_FIELD(
      400,
      "Unknown field",
      "The request body has a member that the operation does not know.",
      "Correct or remove the member that the problem names in field; rule lists the known ones."),
  DUPLICATE_FIELD(
      400,
      "Duplicate field",
      "The request body names the same member twice, so its meaning is open.",
      "Send the member that the problem names in field once."),
  QUOTA_PAIR_REQUIRED(
      400,
      "Both quotas or none",
      "NCP accepts dayQuotaRequest and monthQuotaRequest only together.",
      "Send both quotas, or leave both out."),
  ZERO_QUOTA_AMBIGUOUS(
      400,
      "A quota of 0 is ambiguous",
      "NCP does not document whether a quota of 0 blocks every call or lifts the limit.",
      "Send a quota of at least 1, or have planwarden.usage-plan.allow-zero-quota set."),
  MALFORMED_JSON(
      400,
      "Malformed JSON",
      "The body is not exactly one well-formed JSON object in UTF-8 without a byte-order mark.",
      "Send exactly one JSON object in UTF-8, nested at most 32 levels deep."),
  BAD_REQUEST(
      400,
      "Bad request",
      "The request breaks a rule of HTTP itself, for example it has no Host header or two.",
      "Send a well-formed HTTP request."),
  IDEMPOTENCY_KEY_REQUIRED(
      400,
      "Idempotency-Key is required",
      "Planwarden is configured to take this request only under an Idempotency-Key.",
      "Send a key of its own for each change, and the same one when the change is sent again."),
  UNAUTHENTICATED(
      401,
      "Not authenticated",
      "The request carries no bearer token, or one that is not accepted.",
      "Send a valid token in the header Authorization, as Bearer and the token."),
  FORBIDDEN(
      403,
      "Forbidden",
      "The caller does not have the role that the operation needs.",
      "Ask those who run Planwarden for the role that the operation's description names."),
  PRODUCT_FORBIDDEN(
      403,
      "Product forbidden",
      "The caller is confined to some products, and this touches another.",
      "Stay within the products that the token is for, or ask those who run Planwarden for more."),
  CROSS_SITE_REQUEST(
      403,
      "Request from another site",
      "A web page of another site made a browser send a change.",
      "Call from a program, or from a page that Planwarden itself serves."),
  UNKNOWN_PATH(
      404, "Unknown path", "Nothing is served at this path.", "See the list at /q/openapi."),
  USAGE_PLAN_NOT_FOUND(
      404,
      "Usage plan not found",
      "NCP knows no usage plan with this id.",
      "List the usage plans at /v1/usage-plans."),
  STAGE_NOT_FOUND(
      404,
      "Stage not found",
      "NCP knows no stage by this reference.",
      "Give the stage as productId:apiId:stageId and check the three ids."),
  PRODUCT_NOT_FOUND(
      404,
      "Product not found",
      "NCP knows no product, or no API of it, with this id.",
      "List the products at /v1/products and their APIs below them."),
  API_KEY_NOT_FOUND(
      404,
      "API key not found",
      "NCP knows no subscription of this API key on this stage.",
      "Check that the API key is subscribed to the stage's product."),
  OPERATION_NOT_FOUND(
      404,
      "Operation not found",
      "No operation with this id is recorded.",
      "Use the Operation-Id header of the answer to the change."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "The path exists, but not with this method.",
      "Use one of the methods in the Allow header."),
  NOT_ACCEPTABLE(
      406,
      "Not acceptable",
      "The answer exists in none of the media types of the Accept header.",
      "Accept the media type that detail names, or leave the header out."),
  REQUEST_TIMEOUT(
      408,
      "Request timeout",
      "The body did not come in time.",
      "Send the request again, with its body at once; nothing was done."),
  CONTENT_TOO_LARGE(
      413, "Content too large", "The body is larger than 64 KiB.", "Send a smaller body."),
  URI_TOO_LONG(
      414, "URI too long", "The request line is longer than 4 KiB.", "Send a shorter one."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "The body's Content-Type, charset or Content-Encoding is none that the operation reads.",
      "Send plain UTF-8 JSON of the media type that the operation reads, not compressed."),
  HOST_NOT_ALLOWED(
      421,
      "Host not allowed",
      "Planwarden does not answer under the name in the Host header.",
      "Call it by a name of planwarden.request.allowed-hosts, or have the name added there."),
  HEADERS_TOO_LARGE(
      431,
      "Headers too large",
      "The headers are larger than 16 KiB together.",
      "Send fewer or shorter headers."),

  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "The caller has used up its limit of reads or of changes; nothing was done.",
      "Try again after Retry-After; RateLimit says how much is left.",
      true),

  // The state is at fault: look at it before sending the request again.
  PLAN_NAME_EXISTS(
      409,
      "A plan with this name exists",
      "A usage plan with exactly this name exists already; usagePlanIds lists it.",
      "Use the existing plan, another name, or ?allowDuplicateName=true."),
  PLAN_IN_USE(
      409,
      "The plan is in use",
      "The usage plan is attached to stages; attachedStages lists them.",
      "Detach it from each, or delete it with ?cascade=true, which needs the role admin."),
  NOT_REVERTIBLE(
      409,
      "The operation cannot be reverted",
      "What the operation changed cannot be put back, or nothing of it took effect.",
      "See detail for the reason; make the change that is wanted by itself."),
  REVERTED_TARGET_CHANGED(
      409,
      "The target was changed since",
      "The target is not as the operation left it; diff has it before, after and currently.",
      "Decide by the diff, and make the change that is wanted by itself."),
  PLAN_NOT_ON_STAGE(
      409,
      "The plan is not on the stage",
      "An API key can only have a usage plan that is attached to the stage; usagePlans lists them.",
      "Assign one of those, or attach the plan to the stage first."),
  CLEAR_NOT_SUPPORTED(
      409,
      "NCP did not clear a member",
      "NCP took the change and kept a member that was to be cleared; notCleared lists it.",
      "Set the member to a value; what else was asked for is in effect if the outcome is applied."),
  PRECONDITION_FAILED(
      412,
      "The target has changed",
      "The target is not what If-Match says; etag is its current entity tag.",
      "Read the target again, decide anew, and send its ETag as If-Match."),
  PRECONDITION_REQUIRED(
      428,
      "If-Match is required",
      "Planwarden is configured to make this change only under If-Match.",
      "Read the target and send its ETag as If-Match."),
  STAGE_AMBIGUOUS(
      409,
      "The stage id is not unique",
      "Several APIs have a stage with this id; stages lists them.",
      "Give the stage as productId:apiId:stageId, or narrow it with ?productId=."),
  UPSTREAM_CONFLICT(
      409,
      "NCP reports a conflict",
      "NCP refused the change because of the state that its objects are in.",
      "Read the target again and decide anew; upstream carries NCP's own words."),
  CHANGE_IN_FLIGHT(
      409,
      "A change of this target is not settled",
      "An earlier change of the same target has no known outcome yet.",
      "Look at the operation in Location, and try again after Retry-After."),
  IDEMPOTENCY_KEY_IN_PROGRESS(
      409,
      "The request is being carried out already",
      "The first request with this Idempotency-Key has not ended yet.",
      "Send the same request again after Retry-After, or look at the operation in Location.",
      true),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The Idempotency-Key was used before",
      "The key stands for an earlier request, which this one does not repeat.",
      "Send a key of its own for each change."),
  ARCHIVE_REFUSED(
      409,
      "The rows cannot be removed from the audit",
      "The row named is not in the chain, the chain is not whole, or a row is still needed.",
      "Verify the archive and the audit; detail says what stands in the way."),
  UPSTREAM_REJECTED(
      422,
      "NCP rejected the request",
      "NCP found the content of the request invalid.",
      "Correct the request by what upstream says."),
  UPSTREAM_NOT_FOUND(
      404,
      "NCP did not find the target",
      "NCP answered that something the request names does not exist.",
      "Check the ids of the request; upstream carries NCP's own words."),

  // Planwarden or NCP is at fault or busy.
  INTERNAL_ERROR(
      500,
      "Internal error",
      "Planwarden has a defect; it is in the log under the request id.",
      "Report the request id to those who run Planwarden."),
  UPSTREAM_CREDENTIALS_REJECTED(
      502,
      "NCP rejected Planwarden's credentials",
      "NCP does not accept the access key, the signature or the clock of Planwarden.",
      "Tell those who run Planwarden to check its NCP key pair and its clock."),
  UPSTREAM_PERMISSION_DENIED(
      502,
      "NCP denies Planwarden the permission",
      "Planwarden's NCP account may not do this.",
      "Tell those who run Planwarden to grant its sub account the permission."),
  UPSTREAM_FAILED(
      502,
      "NCP failed",
      "NCP answered with a server error or with an answer outside its contract.",
      "Try again later; upstream carries NCP's status and code.",
      true),
  UPSTREAM_UNREADABLE(
      502,
      "NCP's answer is unreadable",
      "NCP answered success with a body that is not what its contract says.",
      "Try again later.",
      true),
  UPSTREAM_REDIRECTED(
      502,
      "NCP redirected the call",
      "NCP answered with a redirection, which is never followed: it would carry the signature on.",
      "Tell those who run Planwarden to check the base URL that it is configured with."),
  UPSTREAM_OVERSIZED(
      502,
      "NCP's answer is too large",
      "NCP answered with more than Planwarden reads, and the rest was cut off.",
      "Ask for fewer items, or try again later.",
      true),
  UPSTREAM_UNREACHABLE(
      503,
      "NCP is unreachable",
      "No connection to NCP could be made; nothing was sent.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_THROTTLED(
      503,
      "NCP asks to slow down",
      "NCP refused the call because too many were made in a short time.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_QUOTA_EXHAUSTED(
      503,
      "NCP's quota is exhausted",
      "The account's daily or monthly quota of management calls is used up.",
      "Wait until the period ends, or have the quota raised."),
  UPSTREAM_BUSY(
      503,
      "Too many calls to NCP are waiting",
      "The rate that is allowed towards NCP leaves no room before the deadline; nothing was sent.",
      "Try again after Retry-After.",
      true),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503,
      "The identity provider is unavailable",
      "The keys that tokens are checked with could not be read.",
      "Try again after Retry-After.",
      true),
  AUDIT_UNAVAILABLE(
      503,
      "The audit cannot be written",
      "A change is sent only after its intent is durable, and it could not be made durable.",
      "Try again after Retry-After; reads keep working.",
      true),
  AUDIT_BUSY(
      503,
      "The audit is being read as a whole",
      "The audit is being verified or archived; one such piece of work is done at a time.",
      "Try again after Retry-After.",
      true),
  TARGET_BUSY(
      503,
      "The target is busy",
      "Other changes of the same target were still running when the wait ended.",
      "Try again after Retry-After.",
      true),
  UPSTREAM_TIMEOUT(
      504,
      "NCP did not answer in time",
      "A read was sent to NCP and no answer came before the deadline.",
      "Try again later.",
      true),
  OUTCOME_UNKNOWN(
      504,
      "The outcome is not known yet",
      "The change was sent, and whether it took effect could not be settled in time.",
      "Look at the operation in Location until it is settled; send the change again only if it had"
          + " an Idempotency-Key, and under the same one."),
  NOT_IN_EFFECT(
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

  ErrorCode(int status, String title, String cause, String remedy) {
    this(status, title, cause, remedy, false);
  }

  ErrorCode(int status, String title, String cause, String remedy, boolean retryable) {
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
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
