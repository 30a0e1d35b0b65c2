package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Upstream;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * How a change that was sent ended. An answer that does not tell is never taken as one that does:
 * then the target is looked at.
 *
 * @param after what NCP holds, null if it is not known
 * @param problem what the caller is told, null if all is well
 */
record Settlement(
    Outcome outcome,
    @Nullable Image after,
    @Nullable Upstream upstream,
    @Nullable FacadeException problem) {

  /** After NCP's word that it took the change. */
  static Uni<Settlement> ofReceipt(Progress progress, Image before, Receipt receipt, Call call) {
    Upstream upstream =
        new Upstream(receipt.status(), null, receipt.attempts(), receipt.duration().toMillis());
    return progress
        .course
        .tell(receipt)
        .map(finding -> Uni.createFrom().item(finding))
        .orElseGet(() -> progress.course.find(before, call))
        .map(finding -> afterReceipt(progress, finding, upstream))
        .onFailure()
        .recoverWithItem(e -> unknown(null, upstream, Changes.unknown(progress)));
  }

  private static Settlement afterReceipt(
      Progress progress, Course.Finding finding, Upstream upstream) {
    if (finding.inEffect()) {
      // NCP took it, so it is applied even if its traces are those of a lost create.
      return new Settlement(Outcome.APPLIED, finding.now(), upstream, null);
    }
    FacadeException notInEffect =
        new FacadeException(
                ErrorCode.NOT_IN_EFFECT, "NCP accepted the change and does not show it yet.")
            .at("/v1/operations/" + progress.operationId);
    return unknown(finding.now(), upstream, notInEffect);
  }

  /** After anything else. */
  static Uni<Settlement> ofFailure(Progress progress, Image before, Throwable thrown, Call call) {
    if (!(thrown instanceof UpstreamFailure failure)) {
      return Uni.createFrom().item(unknown(null, null, Changes.unknown(progress)));
    }
    Upstream upstream =
        new Upstream(failure.status(), failure.upstreamCode(), failure.attempts(), null);
    if (failure.kind().provesNoEffect()) {
      Outcome outcome = failure.status() == null ? Outcome.NOT_APPLIED : Outcome.REJECTED;
      return Uni.createFrom().item(new Settlement(outcome, before, upstream, failure));
    }
    return progress
        .course
        .find(before, call)
        .map(
            finding ->
                finding.inEffect()
                    ? new Settlement(finding.outcome(), finding.now(), upstream, null)
                    : unknown(finding.now(), upstream, Changes.unknown(progress)))
        .onFailure()
        .recoverWithItem(e -> unknown(null, upstream, Changes.unknown(progress)));
  }

  private static Settlement unknown(
      @Nullable Image now, @Nullable Upstream upstream, FacadeException problem) {
    return new Settlement(Outcome.UNKNOWN, now, upstream, problem);
  }

  AuditRow row(Progress progress, Image before) {
    return progress.outcome(
        outcome, before, after, upstream, problem == null ? null : problem.getMessage());
  }
}
