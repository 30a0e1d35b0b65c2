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
 * @param earlier what the sendings before it left open
 */
record Sent(@Nullable Receipt receipt, @Nullable UpstreamFailure failure, Earlier earlier) {
  /**
   * What earlier sendings of the same change left open. If there were any, whether one took effect
   * is: a look that did not see it proves nothing, as reads may lag.
   *
   * @param attempts how many there were
   * @param unproved of how many it is not proved that they had no effect
   * @param mayStillLand whether one went without an answer, so that its effect may still come
   */
  record Earlier(int attempts, int unproved, boolean mayStillLand) {
    static final Earlier NOTHING = new Earlier(0, 0, false);
  }

  /** That nothing was sent at all. */
  static final Sent NOTHING = new Sent(null, null, Earlier.NOTHING);

  static Sent taken(Receipt receipt, Earlier earlier) {
    return new Sent(receipt, null, earlier);
  }

  static Sent failed(UpstreamFailure failure, Earlier earlier) {
    return new Sent(null, failure, earlier);
  }

  /** What a sending after this one, which failed without proof, is told. */
  Earlier leftOpen() {
    return new Earlier(attempts(), unproved(), mayStillLand());
  }

  /** The outcome that NCP's answer proves; empty if the target has to be looked at. */
  Optional<Outcome> provedWithoutEffect() {
    return failure != null
            && failure.kind().provesNoEffect()
            && !failure.mayStillLand()
            && earlier.attempts() == 0
        ? Optional.of(failure.status() == null ? Outcome.NOT_APPLIED : Outcome.REJECTED)
        : Optional.empty();
  }

  /**
   * Whether an attempt may take effect after the change was seen to take effect. If only one of
   * them can have had an effect, it has had it then.
   */
  boolean leavesAttemptBehind() {
    return mayStillLand() && (receipt != null || unproved() > 1);
  }

  private int unproved() {
    return earlier.unproved() + (failure == null ? 0 : failure.unproved());
  }

  /** Whether an attempt may take effect later, if none has yet. */
  boolean mayStillLand() {
    return earlier.mayStillLand()
        || (receipt != null && receipt.mayStillLand())
        || (failure != null && failure.mayStillLand());
  }

  /** How many times it was sent, in all sendings. */
  int attempts() {
    int last = receipt != null ? receipt.attempts() : failure != null ? failure.attempts() : 0;
    return earlier.attempts() + last;
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
