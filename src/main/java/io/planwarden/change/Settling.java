package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Journal;
import io.planwarden.audit.Outcome;
import io.planwarden.change.Course.Finding;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how changes ended. An answer that does not tell is never taken as one that does: the
 * target is looked at, at growing pauses, first while the caller waits and then behind its back
 * until the horizon. What is seen in effect is applied; what is not is {@code not_applied} only
 * past the horizon, because until then it may still land.
 */
final class Settling {
  private static final Logger LOG = Logger.getLogger(Settling.class);
  private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration RETRY_APPEND = Duration.ofSeconds(1);

  private final Journal journal;
  private final HeldTargets held;
  private final ChangeConfig config;
  private final Clock clock;
  private final Pause pause;

  Settling(Journal journal, HeldTargets held, ChangeConfig config, Clock clock, Pause pause) {
    this.journal = journal;
    this.held = held;
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
    Instant patience =
        earlier(clock.instant().plus(config.settleWait()), progress.origin.deadline());
    return judge(progress, before, sent, patience, 0);
  }

  private Uni<Settlement> judge(
      Progress progress, Image before, Sent sent, Instant patience, int looks) {
    return look(progress, before, sent)
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) -> {
              if (finding != null && finding.inEffect()) {
                return Uni.createFrom().item(settled(sent, finding));
              }
              Duration wait = Pause.beforeLook(looks);
              return clock.instant().plus(wait).isAfter(patience)
                  ? Uni.createFrom().item(unsettled(progress, sent, finding))
                  : pause.of(wait).chain(() -> judge(progress, before, sent, patience, looks + 1));
            });
  }

  private Uni<Finding> look(Progress progress, Image before, Sent sent) {
    Course course = progress.course;
    Receipt receipt = sent.receipt();
    if (receipt == null) {
      return course.find(before, call(progress));
    }
    return isTakenAtItsWord(course, receipt, sent)
        ? Uni.createFrom().item(Finding.of(true, Image.assumed(course.target(), course.request())))
        : course.confirm(receipt, before, call(progress));
  }

  private boolean isTakenAtItsWord(Course course, Receipt receipt, Sent sent) {
    return !config.readBack()
        && course.mayGoUnread()
        && receipt.plan() == null
        && !sent.leavesAttemptBehind();
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
            ? new FacadeException(
                ErrorCode.OUTCOME_UNKNOWN, "The change was sent and is not settled yet.")
            : new FacadeException(
                ErrorCode.NOT_IN_EFFECT, "NCP accepted the change and does not show it yet.");
    return new Settlement(
        Outcome.UNKNOWN,
        finding == null ? null : finding.now(),
        sent.upstream(),
        problem.at("/v1/operations/" + progress.operationId));
  }

  /**
   * Holds the target from now on if the change is not settled, or if an attempt of it may still
   * land.
   *
   * @return what is to be done once the outcome is on record: the later looks
   */
  Runnable hold(Progress progress, Image before, Sent sent, Settlement settlement) {
    Instant horizon = clock.instant().plus(config.horizon());
    Image after = settlement.after();
    if (settlement.outcome() == Outcome.UNKNOWN) {
      held.hold(progress.course.locks(), progress.operationId, horizon);
      return () -> goOn(progress, before, horizon, sent.leavesAttemptBehind());
    }
    if (sent.leavesAttemptBehind() && after != null) {
      held.hold(progress.course.locks(), progress.operationId, horizon);
      return () -> watch(progress, after, horizon);
    }
    return () -> {};
  }

  /**
   * Holds the target of an operation that was left open, and looks on until it is settled. How
   * often it was sent is not on record; only creates are sent once for certain.
   */
  void takeOver(Progress progress, Image before, Instant horizon) {
    held.hold(progress.course.locks(), progress.operationId, horizon);
    goOn(progress, before, horizon, !progress.course.mayBeFoundLate());
  }

  /**
   * @param several whether another attempt may land after the change is seen in effect
   */
  private void goOn(Progress progress, Image before, Instant horizon, boolean several) {
    run(
        lookOn(progress, before, horizon, 0)
            .chain(
                seen ->
                    several && seen.isPresent()
                        ? watching(progress, seen.get(), horizon)
                        : Uni.createFrom().voidItem()),
        progress);
  }

  private void watch(Progress progress, Image after, Instant horizon) {
    run(watching(progress, after, horizon), progress);
  }

  /** Looks once more when the attempt that was left behind can no longer land. */
  private Uni<Void> watching(Progress progress, Image after, Instant horizon) {
    return pause
        .of(Duration.between(clock.instant(), horizon))
        .chain(() -> progress.course.look(call(progress)))
        .chain(
            now ->
                now.equals(after)
                    ? Uni.createFrom().voidItem()
                    : append(progress.note(after, now, "overtaken-after-retry")));
  }

  private void run(Uni<Void> work, Progress progress) {
    work.onTermination()
        .invoke(() -> held.release(progress.operationId))
        .subscribe()
        .with(
            done -> {},
            failure ->
                LOG.logf(
                    pause.isStopped() ? Logger.Level.DEBUG : Logger.Level.ERROR,
                    failure,
                    "operation=%s is not settled",
                    progress.operationId));
  }

  /** What was seen in effect; empty if nothing was until the horizon. */
  private Uni<Optional<Image>> lookOn(Progress progress, Image before, Instant horizon, int looks) {
    return progress
        .course
        .find(before, call(progress))
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) -> {
              if (finding != null && finding.inEffect()) {
                return append(
                        progress.resolution(finding.outcome(), before, finding.now(), null),
                        progress.conclusion(finding.outcome(), finding.problem()))
                    .replaceWith(Optional.of(finding.now()));
              }
              Duration left = Duration.between(clock.instant(), horizon);
              if (finding != null && (left.isNegative() || left.isZero())) {
                return conclude(progress, before, finding.now()).replaceWith(Optional.empty());
              }
              Duration wait = Pause.beforeLook(looks);
              boolean last = left.compareTo(wait) < 0 && !left.isNegative();
              return pause
                  .of(last ? left : wait)
                  .chain(() -> lookOn(progress, before, horizon, looks + 1));
            });
  }

  /**
   * Nothing can land any more: what is not in effect now did not take effect, if what is seen
   * proves that.
   */
  private Uni<Void> conclude(Progress progress, Image before, Image now) {
    if (progress.course.mayBeFoundLate()) {
      return append(progress.resolution(Outcome.UNKNOWN, before, now, "not-seen-by-horizon"))
          .invoke(() -> lookLater(progress, before));
    }
    return append(
        progress.course.isWithoutEffect(before, now)
            ? progress.resolution(Outcome.NOT_APPLIED, before, now, null)
            : progress.closing(before, now, "neither-as-before-nor-as-asked"));
  }

  /** Two more looks for a create, long after; its name is not held meanwhile. */
  private void lookLater(Progress progress, Image before) {
    Duration between = config.lastLaterLook().minus(config.firstLaterLook());
    run(
        pause
            .of(config.firstLaterLook())
            .chain(() -> lookLate(progress, before))
            .chain(
                found ->
                    found
                        ? Uni.createFrom().voidItem()
                        : pause
                            .of(between)
                            .chain(() -> lookLate(progress, before))
                            .chain(
                                last ->
                                    last
                                        ? Uni.createFrom().voidItem()
                                        : append(progress.closing(before, null, "never-seen")))),
        progress);
  }

  private Uni<Boolean> lookLate(Progress progress, Image before) {
    return progress
        .course
        .find(before, call(progress))
        .onFailure()
        .recoverWithItem(Finding.of(false, Image.ABSENT))
        .chain(
            finding -> {
              if (!finding.inEffect()) {
                return Uni.createFrom().item(false);
              }
              LOG.warnf("operation=%s found long after its horizon", progress.operationId);
              return append(progress.resolution(finding.outcome(), before, finding.now(), "late"))
                  .replaceWith(true);
            });
  }

  /** Appends a row that must not be lost: what it tells has happened already. */
  Uni<Void> append(AuditRow row, @Nullable Rider rider) {
    return journal
        .append(row, rider)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(
                  "operation=%s outcome is not on record yet: %s",
                  row.operationId(), failure.getMessage());
              return pause.of(RETRY_APPEND).chain(() -> append(row, rider));
            });
  }

  /** The same for a row that goes alone. */
  Uni<Void> append(AuditRow row) {
    return append(row, null);
  }

  private Call call(Progress progress) {
    return new Call(
        progress.origin.caller().share(), clock.instant().plus(LOOK_TIMEOUT), Reach.ALL);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
