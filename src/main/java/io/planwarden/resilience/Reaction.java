package io.planwarden.resilience;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;

/** The only allowed reactions to a failed attempt. */
public enum Reaction {
  /** Send it again after a random pause. */
  RETRY,
  /** Send it again when NCP said, or after the usual pause. */
  RETRY_AFTER_HINT,
  /** Send it again if another key pair can be had, once. */
  RELOAD_ONCE,
  /** Nothing more is sent: an answer, or something to be settled by reading. */
  GIVE_BACK;

  /** What is done about a failure of a call of this kind: one too large would be so again. */
  static Reaction to(UpstreamFailure failure, CallKind call) {
    return UpstreamFailure.isOversized(failure) ? GIVE_BACK : to(failure.kind(), call);
  }

  /** What is done about a failure of this class in a call of this kind. */
  public static Reaction to(FailureClass failure, CallKind call) {
    return switch (failure) {
      case NEVER_SENT -> RETRY;
      case REFUSED_FOR_NOW -> RETRY_AFTER_HINT;
      case ACCOUNT_QUOTA, PERMANENT -> GIVE_BACK;
      case CREDENTIALS -> RELOAD_ONCE;
      case SERVER_FAULT, AMBIGUOUS ->
          switch (call) {
            case READ, REPEATABLE -> RETRY;
            case ATTACHMENT, CREATION -> GIVE_BACK;
          };
    };
  }
}
