package io.planwarden.change;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;

/** What callers are told about how their changes ended. */
final class Endings {
  private Endings() {}

  static Uni<Done> tell(Progress progress, Settlement settlement) {
    FacadeException problem = settlement.problem();
    Image after = settlement.after();
    if (problem != null || after == null) {
      return Uni.createFrom()
          .failure(
              progress.marked(problem == null ? unknown(progress) : problem, settlement.outcome()));
    }
    return Uni.createFrom().item(progress.done(settlement.outcome(), after));
  }

  static FacadeException tooLate(Progress progress) {
    return progress.named(
        new FacadeException(
            ErrorCode.TARGET_BUSY, "The deadline passed before anything was sent to NCP."));
  }

  static FacadeException unknown(Progress progress) {
    return open(progress, ErrorCode.OUTCOME_UNKNOWN, "The change was sent and is not settled yet.");
  }

  static FacadeException notInEffect(Progress progress) {
    return open(
        progress, ErrorCode.NOT_IN_EFFECT, "NCP accepted the change and does not show it yet.");
  }

  private static FacadeException open(Progress progress, ErrorCode code, String message) {
    return new FacadeException(code, message).at("/v1/operations/" + progress.operationId);
  }
}
