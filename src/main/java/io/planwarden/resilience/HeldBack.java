package io.planwarden.resilience;

import io.planwarden.gateway.UpstreamFailure;
import java.time.Duration;

/** An attempt that was not sent, by our own decision. It never leaves the package. */
final class HeldBack extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Hold hold;
  private final Duration wait;

  /**
   * @param wait until it could have been sent
   */
  HeldBack(Hold hold, Duration wait) {
    super(hold.detail(), null, false, false);
    this.hold = hold;
    this.wait = wait;
  }

  Duration held() {
    return wait;
  }

  /** What a call is told of which nothing else is known. */
  UpstreamFailure failure() {
    return UpstreamFailure.heldBack(hold.error(), hold.detail(), wait);
  }
}
