package io.planwarden.ncp;

import static io.planwarden.gateway.FailureClass.ACCOUNT_QUOTA;
import static io.planwarden.gateway.FailureClass.AMBIGUOUS;
import static io.planwarden.gateway.FailureClass.CREDENTIALS;
import static io.planwarden.gateway.FailureClass.NEVER_SENT;
import static io.planwarden.gateway.FailureClass.PERMANENT;
import static io.planwarden.gateway.FailureClass.REFUSED_FOR_NOW;
import static io.planwarden.gateway.FailureClass.SERVER_FAULT;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What each failure of NCP means ({@code ai-application-service-apigateway}). The HTTP status comes
 * first, because NCP's codes look like statuses that they are not: 429 carries 400, 401 carries
 * 200.
 */
final class ErrorTable {
  private record Meaning(FailureClass kind, ErrorCode error) {}

  private ErrorTable() {}

  /** An answer that is no success. */
  static UpstreamFailure answered(
      int status, Buffer body, @Nullable String retryAfter, Instant now) {
    ErrorBody said = ErrorBody.of(body);
    Duration wait = RetryAfter.of(retryAfter, now);
    Meaning meaning = meaning(status, said.code(), wait);
    String message =
        said.message() != null
            ? said.message()
            : "NCP answered with HTTP status " + status + " and no readable error.";
    return UpstreamFailure.answered(
        meaning.kind(), meaning.error(), message, status, said.code(), wait);
  }

  /** The answer is longer than anything that NCP's contract describes. */
  static UpstreamFailure tooLarge(int status) {
    return UpstreamFailure.answered(
        AMBIGUOUS,
        ErrorCode.UPSTREAM_OVERSIZED,
        "NCP's answer is too large to be read.",
        status,
        null,
        null);
  }

  /** No connection: not a byte of the request left. */
  static UpstreamFailure unreachable(Throwable cause) {
    return UpstreamFailure.unanswered(
        NEVER_SENT,
        ErrorCode.UPSTREAM_UNREACHABLE,
        "No connection to NCP could be made in time; nothing was sent.",
        cause);
  }

  /** It was no longer to be sent when there was a connection for it. */
  static UpstreamFailure withdrawn() {
    return UpstreamFailure.heldBack(
        ErrorCode.UPSTREAM_BUSY,
        "The call was no longer to be made when there was a connection; nothing was sent.",
        Duration.ofSeconds(1));
  }

  /** The key pair could not be had, so nothing could be signed. */
  static UpstreamFailure unsigned(Throwable cause) {
    return UpstreamFailure.unanswered(
        CREDENTIALS,
        ErrorCode.UPSTREAM_CREDENTIALS_REJECTED,
        "Planwarden's NCP key pair could not be used; nothing was sent.",
        cause);
  }

  /** The request was written, and the time for its answer is over. */
  static UpstreamFailure timedOut(Throwable cause) {
    return UpstreamFailure.unanswered(
        AMBIGUOUS, ErrorCode.UPSTREAM_TIMEOUT, "NCP did not answer in time.", cause);
  }

  /** The request was written, and the connection broke before the answer was whole. */
  static UpstreamFailure lost(Throwable cause) {
    return UpstreamFailure.unanswered(
        AMBIGUOUS,
        ErrorCode.UPSTREAM_FAILED,
        "The connection to NCP broke before the answer was complete.",
        cause);
  }

  private static Meaning meaning(int status, @Nullable String code, @Nullable Duration wait) {
    return switch (status) {
      case 202 -> new Meaning(AMBIGUOUS, ErrorCode.UPSTREAM_FAILED);
      case 401 ->
          "210".equals(code)
              ? new Meaning(PERMANENT, ErrorCode.UPSTREAM_PERMISSION_DENIED)
              : new Meaning(CREDENTIALS, ErrorCode.UPSTREAM_CREDENTIALS_REJECTED);
      case 403 -> new Meaning(PERMANENT, ErrorCode.UPSTREAM_PERMISSION_DENIED);
      case 404 -> new Meaning(PERMANENT, ErrorCode.UPSTREAM_NOT_FOUND);
      case 409 -> new Meaning(PERMANENT, ErrorCode.UPSTREAM_CONFLICT);
      case 429 ->
          "400".equals(code)
              ? new Meaning(ACCOUNT_QUOTA, ErrorCode.UPSTREAM_QUOTA_EXHAUSTED)
              : new Meaning(REFUSED_FOR_NOW, ErrorCode.UPSTREAM_THROTTLED);
      case 503 ->
          wait != null
              ? new Meaning(REFUSED_FOR_NOW, ErrorCode.UPSTREAM_FAILED)
              : new Meaning(SERVER_FAULT, ErrorCode.UPSTREAM_FAILED);
      default ->
          switch (status / 100) {
            case 3 -> new Meaning(SERVER_FAULT, ErrorCode.UPSTREAM_REDIRECTED);
            case 4 -> new Meaning(PERMANENT, ErrorCode.UPSTREAM_REJECTED);
            default -> new Meaning(SERVER_FAULT, ErrorCode.UPSTREAM_FAILED);
          };
    };
  }
}
