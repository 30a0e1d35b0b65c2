package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.audit.Upstream;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending a change: NCP's word that it took it, or a failure.
 *
 * @param receipt null if NCP did not say that it took it
 * @param failure null if it did
 * @param earlierMayLand whether an earlier sending went without an answer
 */
record Sent(@Nullable Receipt receipt, @Nullable UpstreamFailure failure, boolean earlierMayLand) {

  /** That nothing was sent at all. */
  static final Sent NOTHING = new Sent(null, null, false);

  static Sent taken(Receipt receipt, boolean earlierMayLand) {
    return new Sent(receipt, null, earlierMayLand || receipt.mayStillLand());
  }

  static Sent failed(UpstreamFailure failure, boolean earlierMayLand) {
    return new Sent(null, failure, earlierMayLand);
  }

  /** The outcome that NCP's answer proves; empty if the target has to be looked at. */
  Optional<Outcome> provedWithoutEffect() {
    return failure != null
            && failure.kind().provesNoEffect()
            && !failure.mayStillLand()
            && !earlierMayLand
        ? Optional.of(failure.status() == null ? Outcome.NOT_APPLIED : Outcome.REJECTED)
        : Optional.empty();
  }

  /**
   * Whether an attempt may take effect after the change was seen in effect. One attempt alone has
   * had its effect then.
   */
  boolean leavesAttemptBehind() {
    boolean several = earlierMayLand || attempts() > 1;
    return several && (earlierMayLand || (failure != null && failure.mayStillLand()));
  }

  private int attempts() {
    return receipt != null ? receipt.attempts() : failure != null ? failure.attempts() : 0;
  }

  Upstream upstream() {
    return receipt != null
        ? new Upstream(receipt.status(), null, attempts(), receipt.duration().toMillis())
        : new Upstream(
            failure == null ? null : failure.status(),
            failure == null ? null : failure.upstreamCode(),
            attempts(),
            null);
  }
}
