package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.change.Course.Finding;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Reach;
import io.planwarden.replica.Leases;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at changes that were sent and may still take effect, behind the backs of their callers and
 * with their targets held, until the horizon and the staleness window have passed. What is seen in
 * effect is applied; what is not is {@code not_applied} only if a look shows so that began when
 * nothing could land or be unseen any more.
 */
final class LaterLooks {
  private static final Logger LOG = Logger.getLogger(LaterLooks.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final SureJournal journal;
  private final HeldTargets held;
  private final Admission admission;
  private final OwnChanges own;
  private final Leases leases;
  private final ChangeConfig config;
  private final Clock clock;
  private final Pause pause;

  LaterLooks(
      SureJournal journal,
      HeldTargets held,
      Admission admission,
      OwnChanges own,
      Leases leases,
      ChangeConfig config,
      Clock clock,
      Pause pause) {
    this.journal = journal;
    this.held = held;
    this.admission = admission;
    this.own = own;
    this.leases = leases;
    this.config = config;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Holds the target of a change that is not settled.
   *
   * @param several whether another attempt may land after the change is seen in effect
   * @return has it looked at until it is settled
   */
  Runnable settle(Progress progress, Image before, Instant horizon, boolean several) {
    held.hold(progress.course.locks(), progress.operationId, sure(horizon));
    return () ->
        run(
            lookOn(progress, before, new Until(horizon, several))
                .chain(
                    end ->
                        several && end.inEffect() != null
                            ? watching(progress, end.inEffect(), horizon)
                            : Uni.createFrom().voidItem()),
            progress);
  }

  /**
   * Holds the target of a change that was seen in effect while another attempt of it may land.
   *
   * @return has it looked at once more when none can
   */
  Runnable watch(Progress progress, Image after, Instant horizon) {
    held.hold(progress.course.locks(), progress.operationId, sure(horizon));
    return () -> run(watching(progress, after, horizon), progress);
  }

  /**
   * Has the operation of another process looked at once it is known what others did to its target
   * before: what a look shows may be older than that.
   */
  Runnable onceLearned(Progress progress, Runnable looks) {
    return () ->
        untilItSucceeds(() -> admission.learning(progress.course.locks()).replaceWith(looks))
            .subscribe()
            .with(Runnable::run, failure -> notSettled(progress, failure));
  }

  /** From when on every look that begins shows what has landed until the horizon. */
  private Instant sure(Instant horizon) {
    return horizon.plus(config.stalenessWindow());
  }

  private record Until(Instant horizon, boolean several) {
    /** How long another attempt may land once one was seen. */
    @Nullable Instant ofOthers() {
      return several ? horizon : null;
    }
  }

  /** Looks once more when the attempt that was left behind can no longer land, or be unseen. */
  private Uni<Void> watching(Progress progress, Image after, Instant horizon) {
    return at(sure(horizon))
        .chain(() -> seen(progress))
        .chain(
            now ->
                journal.append(
                    progress.lastNote(
                        after,
                        now,
                        now.equals(after) ? "no-attempt-may-land" : "overtaken-after-retry")));
  }

  /** What NCP shows, whenever it shows it. */
  private Uni<Image> seen(Progress progress) {
    return untilItSucceeds(() -> progress.course.look(call(progress)));
  }

  private <T> Uni<T> untilItSucceeds(Supplier<Uni<T>> look) {
    return Pause.until(
        tries ->
            look.get()
                .map(Optional::of)
                .onFailure()
                .recoverWithUni(
                    failure -> pause.of(Pause.beforeLook(tries)).replaceWith(Optional.empty())));
  }

  private void run(Uni<Void> work, Progress progress) {
    work.onTermination()
        .invoke(() -> held.release(progress.operationId))
        .subscribe()
        .with(done -> {}, failure -> notSettled(progress, failure));
  }

  private void notSettled(Progress progress, Throwable failure) {
    LOG.logf(
        pause.isStopped() ? Logger.Level.DEBUG : Logger.Level.ERROR,
        failure,
        "operation=%s is not settled",
        progress.operationId);
  }

  /**
   * How the looks have ended.
   *
   * @param inEffect what was seen so; null if nothing was until the horizon
   */
  private record End(@Nullable Image inEffect) {}

  private Uni<End> lookOn(Progress progress, Image before, Until until) {
    return Pause.until(looks -> lookOnce(progress, before, until, looks));
  }

  /** Empty if it is too early to tell, after a pause. */
  private Uni<Optional<End>> lookOnce(Progress progress, Image before, Until until, int looks) {
    Instant begun = clock.instant();
    Instant sure = sure(until.horizon());
    return find(progress, before)
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) -> {
              if (finding != null && finding.inEffect()) {
                return applied(progress, before, finding, null, until.ofOthers())
                    .replaceWith(Optional.of(new End(finding.now())));
              }
              boolean early = begun.isBefore(sure);
              if (finding != null && !early) {
                return conclude(progress, before, finding.now())
                    .replaceWith(Optional.of(new End(null)));
              }
              Duration left = Duration.between(clock.instant(), sure);
              Duration wait = Pause.beforeLook(looks);
              return pause
                  .of(early && left.compareTo(wait) < 0 ? left : wait)
                  .replaceWith(Optional.empty());
            });
  }

  private Uni<Void> applied(
      Progress progress,
      Image before,
      Finding finding,
      @Nullable String detail,
      @Nullable Instant mayLandUntil) {
    Settlement settlement =
        new Settlement(
            finding.outcome(), finding.now(), Sent.NOTHING.upstream(), finding.problem());
    return journal.append(
        progress.resolution(finding.outcome(), before, finding.now(), detail, mayLandUntil),
        Rider.both(
            own.remember(progress, before, settlement),
            progress.conclusion(finding.outcome(), finding.problem())));
  }

  /**
   * Nothing can land any more: what is not in effect now did not take effect, if what is seen
   * proves that.
   */
  private Uni<Void> conclude(Progress progress, Image before, Image now) {
    if (progress.course.mayBeFoundLate()) {
      return journal
          .append(
              progress.resolution(Outcome.UNKNOWN, before, now, "not-seen-by-horizon"),
              leases.lettingGo(progress.operationId))
          .invoke(() -> lookLater(progress, before, clock.instant()).run());
    }
    return progress.course.isWithoutEffect(before, now)
        ? journal.append(
            progress.resolution(Outcome.NOT_APPLIED, before, now, null),
            leases.untouched(progress.operationId, OwnChanges.touched(progress, before)))
        : close(progress, before, now, "neither-as-before-nor-as-asked");
  }

  /** Nobody looks any more, so whoever runs this has to be told. */
  private Uni<Void> close(Progress progress, Image before, @Nullable Image now, String why) {
    LOG.warnf("operation=%s ends unknown: %s", progress.operationId, why);
    return journal.append(progress.closing(before, now, why));
  }

  /**
   * Two more looks for a create, long after; its name is not held meanwhile.
   *
   * @param unseenAt when it was given up for then
   * @return has it looked for
   */
  Runnable lookLater(Progress progress, Image before, Instant unseenAt) {
    return () ->
        run(
            at(unseenAt.plus(config.firstLaterLook()))
                .chain(() -> lookLate(progress, before))
                .onFailure()
                .recoverWithItem(false)
                .chain(
                    found ->
                        found
                            ? Uni.createFrom().voidItem()
                            : lookForTheLastTime(progress, before, unseenAt)),
            progress);
  }

  /** Nobody looks after it, so it has to be a look. */
  private Uni<Void> lookForTheLastTime(Progress progress, Image before, Instant unseenAt) {
    return at(unseenAt.plus(config.lastLaterLook()))
        .chain(() -> untilItSucceeds(() -> lookLate(progress, before)))
        .chain(
            found ->
                found ? Uni.createFrom().voidItem() : close(progress, before, null, "never-seen"));
  }

  private Uni<Void> at(Instant time) {
    return pause.of(Duration.between(clock.instant(), time));
  }

  /** Under its locks, so that what is found is not what another change is about to tell of. */
  private Uni<Boolean> lookLate(Progress progress, Image before) {
    return admission.looking(progress.course.locks(), () -> lookLateAlone(progress, before));
  }

  private Uni<Boolean> lookLateAlone(Progress progress, Image before) {
    return find(progress, before)
        .chain(
            finding -> {
              if (!finding.inEffect()) {
                return Uni.createFrom().item(false);
              }
              LOG.warnf("operation=%s found long after its horizon", progress.operationId);
              return applied(progress, before, finding, "late", null).replaceWith(true);
            });
  }

  /** What a later create of the name may have made is left to that one. */
  private Uni<Finding> find(Progress progress, Image before) {
    Course course = progress.course;
    return own.find(course, before, call(progress))
        .map(
            finding ->
                course.mayBeFoundLate() && held.areHeldByLater(course.locks(), progress.operationId)
                    ? Finding.of(false, finding.now())
                    : finding);
  }

  /** For a look at the target of the change, whoever confines its caller. */
  Call call(Progress progress) {
    return new Call(progress.origin.caller().share(), clock.instant().plus(TIMEOUT), Reach.ALL);
  }
}
