package io.planwarden.resilience;

import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What the end of an attempt says about whether NCP is up. */
enum Verdict {
  UP,
  DOWN,
  SILENT;

  static Verdict of(@Nullable Throwable failure) {
    if (failure == null) {
      return UP;
    }
    if (!(failure instanceof UpstreamFailure upstream)) {
      return SILENT;
    }
    return switch (upstream.kind()) {
      // What we did not send ourselves tells nothing.
      case NEVER_SENT -> upstream.code() == ErrorCode.UPSTREAM_BUSY ? SILENT : DOWN;
      case SERVER_FAULT -> DOWN;
      case REFUSED_FOR_NOW, ACCOUNT_QUOTA, PERMANENT -> UP;
      // Without a status no key pair could be had, which is not NCP's fault.
      case CREDENTIALS -> upstream.status() == null ? SILENT : UP;
      // A time that was too short may have been the caller's; a connection that broke was not.
      case AMBIGUOUS ->
          upstream.status() == null && upstream.code() != ErrorCode.UPSTREAM_TIMEOUT
              ? DOWN
              : SILENT;
    };
  }
}
