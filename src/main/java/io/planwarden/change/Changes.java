package io.planwarden.change;

import com.github.f4b6a3.ulid.UlidCreator;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Journal;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.RowRefused;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only way to change NCP. Thread-safe; does not block.
 *
 * <p>Once begun, a change runs to its end whatever becomes of the caller's connection or patience;
 * the deadline decides only what the caller is told.
 */
public final class Changes {
  private final Listings listings;
  private final Journal audit;
  private final Repeats repeats;
  private final Leases leases;
  private final RecentChanges recent;
  private final Pause pause;
  private final Prospects prospects;
  private final Elsewhere elsewhere;
  private final Sending sending;
  private final SureJournal sure;
  private final LaterLooks looks;
  private final Settling settling;
  private final OwnChanges own;
  private final Admission admission;
  private final Steps steps;
  private final ChangeConfig config;
  private final Clock clock;
  private final ScheduledExecutorService timer;

  public Changes(
      GatewayReads reads,
      GatewayWrites writes,
      Journal audit,
      Recorded recorded,
      Repeats repeats,
      Leases leases,
      ChangeConfig config,
      Clock clock,
      ScheduledExecutorService timer) {
    this.audit = audit;
    this.repeats = repeats;
    this.leases = leases;
    HeldTargets held = new HeldTargets(clock);
    this.recent = new RecentChanges(clock, config.stalenessWindow());
    this.pause = new Pause(timer);
    Additions additions = new Additions(clock, config.stalenessWindow());
    this.listings = new Listings(reads, additions, recorded);
    this.prospects = new Prospects(config, clock, pause, additions);
    this.sure = new SureJournal(audit, pause);
    this.elsewhere = new Elsewhere(listings, prospects, recent, config.stalenessWindow(), clock);
    this.own = new OwnChanges(recent, prospects, elsewhere, leases, clock);
    this.sending = new Sending(writes, own, clock, pause);
    Locks locks = new LeaseLocks(new ProcessLocks(timer), leases, System::nanoTime);
    this.admission = new Admission(locks, held, elsewhere, listings, config.lockWait());
    this.looks = new LaterLooks(sure, held, admission, own, leases, config, clock, pause);
    this.settling = new Settling(looks, own, config, clock, pause);
    this.steps = new Steps(admission, looks::call, step -> live(step, Options.NONE));
    this.config = config;
    this.clock = clock;
    this.timer = timer;
  }

  /**
   * Learns what the process before this one changed within the staleness window, given by the rows
   * that say so, oldest first. What others do that share the store is learned from that.
   */
  public void learn(List<AuditRow> effects) {
    effects.forEach(elsewhere::learn);
  }

  /** Takes over operations that a process left open, given by their rows, oldest first. */
  public void takeOver(List<List<AuditRow>> open) {
    new Sweeper(listings, looks, config).adopt(open);
  }

  /** Ends the later looks, before what they need is gone; the next process takes them up. */
  public void stop() {
    pause.stop();
  }

  /**
   * Makes a change, which may be made of what is there.
   *
   * @return how it ended, if it ended well; fails with {@link FacadeException}, which carries the
   *     operation id if anything about the change is in the audit
   */
  public Uni<Done> apply(Wish wish, Options options, Origin origin) {
    Course course = Courses.of(wish, listings, options);
    Progress progress =
        repeats.begin(UlidCreator.getMonotonicUlid().toString(), course, options, origin);
    return repeats.unlessRepeated(progress, () -> begin(wish, options, progress));
  }

  private Uni<Done> begin(Wish wish, Options options, Progress progress) {
    Optional<FacadeException> unrecorded = audit.objection();
    if (unrecorded.isPresent()) {
      return Uni.createFrom().failure(unrecorded.get());
    }
    Course course = progress.course;
    Call call = progress.origin.call();
    Uni<Done> life =
        admission.alone(
            course,
            lock -> {
              progress.sendOnlyWith(lock);
              // Once more with the locks held: the first of two alike has come to its end by then.
              return repeats.unlessRepeated(
                  progress,
                  () ->
                      admission.permitted(wish, course, call, lock, () -> live(progress, options)));
            });
    return answer(life, progress);
  }

  /**
   * What a change would do: the same checks and the same errors, but nothing is sent and nothing is
   * on record.
   */
  public Uni<Preview> preview(Wish wish, Options options, Origin origin) {
    Course course = Courses.of(wish, listings, options);
    Call call = origin.call();
    return admission.alone(
        course,
        lock ->
            admission.permitted(
                wish,
                course,
                call,
                lock,
                () -> prospects.of(course, options, call).map(Changes::preview)));
  }

  private static Preview preview(Prospect prospect) {
    if (prospect.objection().isPresent()) {
      throw prospect.objection().get();
    }
    return prospect.course().foresee(prospect.before()).preview(prospect.changedOutside());
  }

  /** The life of a change, with its locks held. */
  private Uni<Done> live(Progress progress, Options options) {
    Call call = progress.origin.call();
    // As of before the look, for its answer may be from then.
    boolean doubted = recent.touched(progress.course.doubts());
    return prospects
        .unlessUnread(progress.course, options, call)
        .invoke(progress::see)
        .chain(prospect -> decide(progress, prospect, doubted, call));
  }

  private Uni<Done> decide(Progress progress, Prospect prospect, boolean doubted, Call call) {
    Image before = prospect.before();
    if (prospect.objection().isPresent()) {
      return refuse(progress, before, prospect.objection().get());
    }
    Course course = prospect.course();
    boolean believed = before.isRead() && !doubted;
    if (believed && course.alreadySo(before)) {
      return leave(progress, before);
    }
    progress.mayBeSo(!course.isProvedBySight() && (!believed || course.isAsAsked(before)));
    return begin(progress, before, call);
  }

  private Uni<Done> begin(Progress progress, Image before, Call call) {
    Rider opening =
        leases.opening(
            progress.operationId,
            OwnChanges.touched(progress, before),
            progress.origin.deadline().plus(config.horizon()).plus(config.stalenessWindow()));
    return onRecord(
        progress, progress.intent(before), opening, () -> carryOut(progress, before, call));
  }

  /** Goes on when the row is durable and the caller's key claimed, unless it was claimed before. */
  private Uni<Done> onRecord(
      Progress progress, AuditRow row, @Nullable Rider rider, Supplier<Uni<Done>> next) {
    return audit
        .append(row, Rider.both(rider, progress.claim()))
        .invoke(progress::begunWith)
        .chain(written -> next.get())
        .onFailure(RowRefused.class)
        .recoverWithUni(() -> repeats.repeated(progress));
  }

  private Uni<Done> refuse(Progress progress, Image before, FacadeException objection) {
    return audit
        .append(progress.nothingSent(Outcome.REFUSED, before, objection.getMessage()))
        .chain(row -> Uni.createFrom().failure(progress.marked(objection, Outcome.REFUSED)));
  }

  private Uni<Done> leave(Progress progress, Image before) {
    return onRecord(
        progress,
        progress.nothingSent(Outcome.UNCHANGED, before, null),
        null,
        () -> Uni.createFrom().item(progress.done(Outcome.UNCHANGED, before)));
  }

  private Uni<Done> carryOut(Progress progress, Image before, Call call) {
    if (!progress.beginSending()) {
      // The caller has its answer; the intent must not stay open.
      sure.append(
              progress.nothingSent(
                  Outcome.NOT_APPLIED, before, "the deadline passed before anything was sent"),
              leases.untouched(progress.operationId, OwnChanges.touched(progress, before)))
          .subscribe()
          .with(appended -> {});
      return Uni.createFrom().failure(Endings.tooLate(progress));
    }
    return steps
        .make(progress, before)
        .chain(
            stopped ->
                stopped
                    .map(settlement -> record(progress, before, Sent.NOTHING, settlement))
                    .orElseGet(() -> send(progress, before, call)));
  }

  private Uni<Done> send(Progress progress, Image before, Call call) {
    return sending
        .send(progress, before, call)
        .chain(
            sent ->
                settling
                    .settle(progress, before, sent)
                    .chain(settlement -> record(progress, before, sent, settlement)));
  }

  /**
   * What has happened has happened: an outcome that cannot be written changes nothing of it, and is
   * tried again until it is.
   */
  private Uni<Done> record(Progress progress, Image before, Sent sent, Settlement settlement) {
    Settling.Afterwards afterwards = settling.hold(progress, before, sent, settlement);
    Rider touching = own.remember(progress, before, settlement);
    AuditRow row = progress.outcome(settlement, before, afterwards.mayLandUntil());
    Rider conclusion = progress.conclusion(settlement.outcome(), settlement.problem());
    return sure.append(row, Rider.both(touching, conclusion), afterwards.next())
        .chain(() -> Endings.tell(progress, settlement));
  }

  /** What the caller hears: the end of the change, or at the deadline how far it is. */
  private Uni<Done> answer(Uni<Done> life, Progress progress) {
    Duration patience = Duration.between(clock.instant(), progress.origin.deadline());
    return life.ifNoItem()
        .after(patience.isNegative() || patience.isZero() ? Duration.ofMillis(1) : patience)
        .on(timer)
        .recoverWithUni(
            () ->
                Uni.createFrom()
                    .failure(
                        () ->
                            progress.giveUp()
                                ? Endings.tooLate(progress)
                                : progress.marked(Endings.unknown(progress), Outcome.UNKNOWN)));
  }
}
