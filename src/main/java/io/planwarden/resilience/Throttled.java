package io.planwarden.resilience;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a passing 429 asks of everything that would be sent after it. */
final class Throttled {
  // One odd header must not silence the process for a day; after this, one attempt asks again.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Throttled() {}

  /**
   * How long nothing is to be sent, null if the failure does not ask for it.
   *
   * @param usual what holds where NCP gives no hint
   */
  static @Nullable Duration pause(@Nullable Throwable failure, Duration usual) {
    if (!(failure instanceof UpstreamFailure upstream)
        || upstream.kind() != FailureClass.REFUSED_FOR_NOW
        || upstream.status() == null
        || upstream.status() != 429) {
      return null;
    }
    Duration hint = upstream.retryAfter();
    Duration pause = hint == null ? usual : hint;
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
