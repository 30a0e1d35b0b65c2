package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to NCP that did not succeed. Its message is safe to show to callers; it holds no secret.
 */
public final class UpstreamFailure extends FacadeException {
  private static final long serialVersionUID = 1L;

  private final FailureClass kind;
  private final @Nullable Integer status;
  private final @Nullable String upstreamCode;
  private final int attempts;
  private final int unproved;
  private final boolean mayStillLand;

  private UpstreamFailure(
      FailureClass kind,
      ErrorCode error,
      String message,
      @Nullable Integer status,
      @Nullable String upstreamCode,
      @Nullable Duration retryAfter,
      int attempts,
      int unproved,
      boolean mayStillLand,
      @Nullable Throwable cause) {
    super(error, message, cause);
    this.kind = kind;
    this.status = status;
    this.upstreamCode = upstreamCode;
    this.attempts = attempts;
    this.unproved = unproved;
    this.mayStillLand = mayStillLand;
    if (retryAfter != null) {
      retryAfter(retryAfter);
    }
    if (status != null) {
      with(
          "upstream",
          upstreamCode == null
              ? Map.of("status", status)
              : Map.of("status", status, "code", upstreamCode));
    }
  }

  /** NCP answered, and the answer is a refusal or a fault. */
  public static UpstreamFailure answered(
      FailureClass kind,
      ErrorCode error,
      String message,
      int status,
      @Nullable String upstreamCode,
      @Nullable Duration retryAfter) {
    return new UpstreamFailure(
        kind,
        error,
        message,
        status,
        upstreamCode,
        retryAfter,
        1,
        unproved(kind),
        isUnanswered(kind, status),
        null);
  }

  /** NCP did not answer, or was not reached. */
  public static UpstreamFailure unanswered(
      FailureClass kind, ErrorCode error, String message, Throwable cause) {
    return new UpstreamFailure(
        kind, error, message, null, null, null, 1, unproved(kind), isUnanswered(kind, null), cause);
  }

  /** Planwarden held the call back; no attempt was made. */
  public static UpstreamFailure heldBack(ErrorCode error, String message, Duration retryAfter) {
    return new UpstreamFailure(
        FailureClass.NEVER_SENT, error, message, null, null, retryAfter, 0, 0, false, null);
  }

  /**
   * The failure of the last of several attempts.
   *
   * @param unproved see {@link #unproved()}
   * @param mayStillLand whether any of them may still take effect
   */
  public UpstreamFailure after(int attempts, int unproved, boolean mayStillLand) {
    return new UpstreamFailure(
        kind,
        code(),
        String.valueOf(getMessage()),
        status,
        upstreamCode,
        retryAfter(),
        attempts,
        unproved,
        mayStillLand,
        getCause());
  }

  /** The same failure, told in these words. */
  public UpstreamFailure told(String message) {
    return new UpstreamFailure(
        kind,
        code(),
        message,
        status,
        upstreamCode,
        retryAfter(),
        attempts,
        unproved,
        mayStillLand,
        getCause());
  }

  private static int unproved(FailureClass kind) {
    return kind.provesNoEffect() ? 0 : 1;
  }

  private static boolean isUnanswered(FailureClass kind, @Nullable Integer status) {
    return kind == FailureClass.AMBIGUOUS || (status != null && status == 504);
  }

  /** Whether NCP's answer was that what the call names does not exist. */
  public static boolean isMissing(Throwable failure) {
    return failure instanceof UpstreamFailure upstream
        && upstream.status != null
        && upstream.status == 404;
  }

  /** 403 or 401 with code 210: the key pair is a good one, of somebody without the right. */
  public static boolean isDenied(Throwable failure) {
    return failure instanceof UpstreamFailure upstream
        && upstream.code() == ErrorCode.UPSTREAM_PERMISSION_DENIED;
  }

  /** Whether NCP gave what was asked for, and it was more than is read; so it would be again. */
  public static boolean isOversized(Throwable failure) {
    return failure instanceof UpstreamFailure upstream
        && upstream.code() == ErrorCode.UPSTREAM_OVERSIZED
        && upstream.status != null
        && upstream.status / 100 == 2;
  }

  /** What may be done about it. */
  public FailureClass kind() {
    return kind;
  }

  /** NCP's HTTP status, null if it did not answer. */
  public @Nullable Integer status() {
    return status;
  }

  /** NCP's own error code, opaque, null if there was none. */
  public @Nullable String upstreamCode() {
    return upstreamCode;
  }

  /** How many times the call was sent, or tried to be. */
  public int attempts() {
    return attempts;
  }

  /** Of how many of the attempts it is not proved that they had no effect. */
  public int unproved() {
    return unproved;
  }

  /** Whether an attempt went without an answer, so that its effect may still come. */
  public boolean mayStillLand() {
    return mayStillLand;
  }
}
