package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.change.Course.Finding;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how changes ended. An answer that does not tell is never taken as one that does: the
 * target is looked at, at growing pauses, while the caller waits. What is seen in effect is
 * applied; what is not is left to {@link LaterLooks}, because it may still land.
 */
final class Settling {
  private final LaterLooks looks;
  private final OwnChanges own;
  private final ChangeConfig config;
  private final Clock clock;
  private final Pause pause;

  Settling(LaterLooks looks, OwnChanges own, ChangeConfig config, Clock clock, Pause pause) {
    this.looks = looks;
    this.own = own;
    this.config = config;
    this.clock = clock;
    this.pause = pause;
  }

  /** Settles what was sent, as far as it can be done before the caller has waited long enough. */
  Uni<Settlement> settle(Progress progress, Image before, Sent sent) {
    Optional<Outcome> proved = sent.provedWithoutEffect();
    if (proved.isPresent()) {
      return Uni.createFrom()
          .item(new Settlement(proved.get(), before, sent.upstream(), sent.failure()));
    }
    // A caller whose deadline comes before that is answered then; the looks may tell for all that.
    Instant patience = clock.instant().plus(config.settleWait());
    return judge(progress, before, sent, patience, 0, null);
  }

  /**
   * @param last what the last look found that found anything, null if none has
   */
  private Uni<Settlement> judge(
      Progress progress,
      Image before,
      Sent sent,
      Instant patience,
      int count,
      @Nullable Finding last) {
    Call call = looks.call(progress);
    // What NCP took is nearly always seen at once, when it is our turn to look.
    boolean hasItsTime = count == 0 && sent.receipt() != null;
    return look(progress, before, sent, hasItsTime ? call : call.until(patience))
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) -> {
              if (finding != null && finding.inEffect()) {
                return Uni.createFrom().item(settled(sent, finding));
              }
              Finding latest = finding == null ? last : finding;
              Duration wait = Pause.beforeLook(count);
              return clock.instant().plus(wait).isAfter(patience)
                  ? Uni.createFrom().item(unsettled(progress, sent, latest))
                  : pause
                      .of(wait)
                      .chain(() -> judge(progress, before, sent, patience, count + 1, latest));
            });
  }

  private Uni<Finding> look(Progress progress, Image before, Sent sent, Call call) {
    Course course = progress.course;
    Receipt receipt = sent.receipt();
    if (receipt == null) {
      return own.find(course, before, call);
    }
    return isTakenAtItsWord(course, receipt, sent)
        ? Uni.createFrom().item(Finding.of(true, Image.assumed(course.target(), course.request())))
        : course.confirm(receipt, before, call);
  }

  private boolean isTakenAtItsWord(Course course, Receipt receipt, Sent sent) {
    return !config.readBack()
        && course.mayGoUnread()
        && receipt.plan() == null
        && sent.attempts() == 1;
  }

  private static Settlement settled(Sent sent, Finding finding) {
    // Where NCP took it, it is applied, even if its traces are those of a lost create.
    Outcome outcome =
        sent.receipt() == null || finding.problem() != null ? finding.outcome() : Outcome.APPLIED;
    return new Settlement(outcome, finding.now(), sent.upstream(), finding.problem());
  }

  private static Settlement unsettled(Progress progress, Sent sent, @Nullable Finding finding) {
    FacadeException problem =
        sent.receipt() == null || finding == null
            ? Endings.unknown(progress)
            : Endings.notInEffect(progress);
    return new Settlement(
        Outcome.UNKNOWN, finding == null ? null : finding.now(), sent.upstream(), problem);
  }

  /**
   * Holds the target from now on if the change is not settled, or if an attempt of it may still
   * land.
   */
  Afterwards hold(Progress progress, Image before, Sent sent, Settlement settlement) {
    Instant horizon = clock.instant().plus(config.horizon());
    Image after = settlement.after();
    if (settlement.outcome() == Outcome.UNKNOWN) {
      return new Afterwards(
          null, looks.settle(progress, before, horizon, progress.leavesBehind(sent)));
    }
    if (progress.leavesBehind(sent) && after != null) {
      return new Afterwards(horizon, looks.watch(progress, after, horizon));
    }
    return new Afterwards(null, () -> {});
  }

  /**
   * What is left to do.
   *
   * @param mayLandUntil how long an attempt of the settled change may still land, null if none may
   * @param next to be run once the outcome is on record: the later looks
   */
  record Afterwards(@Nullable Instant mayLandUntil, Runnable next) {}
}
