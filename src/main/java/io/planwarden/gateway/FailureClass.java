package io.planwarden.gateway;

/** How a call to NCP can fail, by what may be done about it. */
public enum FailureClass {
  /** Nothing left this process: no name, no connection, no TLS. */
  NEVER_SENT,
  /** NCP refused it for now: it may be sent again after a pause. */
  REFUSED_FOR_NOW,
  /** NCP refused it until the account's quota period ends. */
  ACCOUNT_QUOTA,
  /** NCP refused it for good. */
  PERMANENT,
  /** NCP does not accept our key pair, signature or clock. */
  CREDENTIALS,
  /** NCP failed; whether the change took effect is not known. */
  SERVER_FAULT,
  /** It was written and no readable answer came; whether it took effect is not known. */
  AMBIGUOUS;

  /** Whether it is proved that a change that failed so had no effect. */
  public boolean provesNoEffect() {
    return switch (this) {
      case NEVER_SENT, REFUSED_FOR_NOW, ACCOUNT_QUOTA, PERMANENT, CREDENTIALS -> true;
      case SERVER_FAULT, AMBIGUOUS -> false;
    };
  }
}
