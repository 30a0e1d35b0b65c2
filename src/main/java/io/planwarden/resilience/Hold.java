package io.planwarden.resilience;

import io.planwarden.problem.ErrorCode;

/** Why Planwarden itself does not send an attempt. */
public enum Hold {
  /** As many wait as may, and this caller has no fewer than the others. */
  QUEUE_FULL(ErrorCode.UPSTREAM_BUSY, "Too many calls to NCP are waiting."),
  /** As many of this caller's calls wait as may. */
  CALLER_FULL(ErrorCode.UPSTREAM_BUSY, "Too many of this caller's calls to NCP are waiting."),
  /** Its turn does not come before its deadline. */
  NO_TURN(ErrorCode.UPSTREAM_BUSY, "The rate allowed towards NCP leaves no room in time."),
  /** NCP is taken to be down. */
  BREAKER(ErrorCode.UPSTREAM_UNREACHABLE, "NCP has been failing; it is asked again in a moment."),
  /** What it needs to be sent was lost, such as the lease of its target. */
  NO_LEAVE(ErrorCode.TARGET_BUSY, "Another replica may be changing the target by now.");

  private final ErrorCode error;
  private final String detail;

  Hold(ErrorCode error, String detail) {
    this.error = error;
    this.detail = detail;
  }

  ErrorCode error() {
    return error;
  }

  String detail() {
    return detail + " Nothing was sent.";
  }
}
