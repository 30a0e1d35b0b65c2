package io.planwarden.resilience;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Failures as the adapter makes them. */
final class Failures {
  private Failures() {}

  static UpstreamFailure of(FailureClass kind) {
    return switch (kind) {
      case NEVER_SENT -> neverSent();
      case REFUSED_FOR_NOW -> throttled(null);
      case ACCOUNT_QUOTA -> answered(kind, ErrorCode.UPSTREAM_QUOTA_EXHAUSTED, 429, null);
      case PERMANENT -> answered(kind, ErrorCode.UPSTREAM_REJECTED, 400, null);
      case CREDENTIALS -> answered(kind, ErrorCode.UPSTREAM_CREDENTIALS_REJECTED, 401, null);
      case SERVER_FAULT -> fault(500);
      case AMBIGUOUS ->
          UpstreamFailure.unanswered(
              kind, ErrorCode.UPSTREAM_TIMEOUT, "No answer.", new TimeoutException());
    };
  }

  static UpstreamFailure neverSent() {
    return UpstreamFailure.unanswered(
        FailureClass.NEVER_SENT,
        ErrorCode.UPSTREAM_UNREACHABLE,
        "No connection.",
        new TimeoutException());
  }

  static UpstreamFailure withdrawn() {
    return UpstreamFailure.heldBack(
        ErrorCode.UPSTREAM_BUSY, "No longer to be made.", Duration.ofSeconds(1));
  }

  static UpstreamFailure lost() {
    return UpstreamFailure.unanswered(
        FailureClass.AMBIGUOUS, ErrorCode.UPSTREAM_FAILED, "It broke.", new TimeoutException());
  }

  static UpstreamFailure throttled(Duration hint) {
    return answered(FailureClass.REFUSED_FOR_NOW, ErrorCode.UPSTREAM_THROTTLED, 429, hint);
  }

  static UpstreamFailure fault(int status) {
    return answered(FailureClass.SERVER_FAULT, ErrorCode.UPSTREAM_FAILED, status, null);
  }

  static UpstreamFailure missing() {
    return answered(FailureClass.PERMANENT, ErrorCode.UPSTREAM_NOT_FOUND, 404, null);
  }

  static UpstreamFailure answered(
      FailureClass kind, ErrorCode error, int status, Duration retryAfter) {
    return UpstreamFailure.answered(kind, error, "NCP said no.", status, null, retryAfter);
  }
}
