package io.planwarden.change;

import com.github.f4b6a3.ulid.UlidCreator;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Journal;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * The only way to change NCP. Thread-safe; does not block.
 *
 * <p>Once begun, a change runs to its end whatever becomes of the caller's connection or patience;
 * the deadline decides only what the caller is told.
 */
public final class Changes {
  private static final Logger LOG = Logger.getLogger(Changes.class);

  private static final int MOST_SENDINGS = 3;

  private final GatewayReads reads;
  private final GatewayWrites writes;
  private final Journal audit;
  private final Locks locks;
  private final HeldTargets held;
  private final RecentChanges recent;
  private final Settling settling;
  private final Pause pause;
  private final ChangeConfig config;
  private final Clock clock;
  private final ScheduledExecutorService timer;

  public Changes(
      GatewayReads reads,
      GatewayWrites writes,
      Journal audit,
      ChangeConfig config,
      Clock clock,
      ScheduledExecutorService timer) {
    this.reads = reads;
    this.writes = writes;
    this.audit = audit;
    this.locks = new ProcessLocks(timer);
    this.held = new HeldTargets(clock);
    this.recent = new RecentChanges(clock, config.stalenessWindow());
    this.pause = new Pause(timer);
    this.settling = new Settling(audit, held, config, clock, pause);
    this.config = config;
    this.clock = clock;
    this.timer = timer;
  }

  /**
   * Takes over the operations that an earlier process left open, given by their rows, oldest first;
   * to be called once, before the first change.
   */
  public void takeOver(List<List<AuditRow>> open) {
    new Sweeper(reads, settling, config).adopt(open);
  }

  /** Ends the later looks, before what they need is gone; the next process takes them up. */
  public void stop() {
    pause.stop();
  }

  /**
   * Makes a change.
   *
   * @return how it ended, if it ended well; fails with {@link FacadeException}, which carries the
   *     operation id if anything about the change is in the audit
   */
  public Uni<Done> apply(Change change, Options options, Origin origin) {
    Optional<FacadeException> unrecorded = audit.objection();
    if (unrecorded.isPresent()) {
      return Uni.createFrom().failure(unrecorded.get());
    }
    Course course = Courses.of(change, reads, options);
    Progress progress =
        new Progress(UlidCreator.getMonotonicUlid().toString(), change, course, origin);
    Uni<Done> life =
        locks
            .acquire(course.locks(), config.lockWait())
            .chain(held -> live(progress).eventually(held::release))
            .memoize()
            .indefinitely();
    life.subscribe().with(done -> {}, failure -> LOG.debugf(failure, "%s", progress.operationId));
    return answer(life, progress);
  }

  /** The life of a change, with its locks held. */
  private Uni<Done> live(Progress progress) {
    Call call = progress.origin.call();
    return Confinement.check(progress.change, reads, call).chain(() -> allowed(progress, call));
  }

  private Uni<Done> allowed(Progress progress, Call call) {
    Course course = progress.course;
    Optional<FacadeException> inFlight = held.objection(course.locks());
    if (inFlight.isPresent()) {
      return Uni.createFrom().failure(inFlight.get());
    }
    return config.beforeRead() || !course.mayGoUnread()
        ? course.look(call).chain(before -> decide(progress, before, call))
        : begin(progress, Image.UNREAD, call);
  }

  private Uni<Done> decide(Progress progress, Image before, Call call) {
    Course course = progress.course;
    Optional<FacadeException> objection = course.objection(before);
    if (objection.isPresent()) {
      return refuse(progress, before, objection.get());
    }
    return course.alreadySo(before) && !recent.touched(course.locks())
        ? leave(progress, before)
        : begin(progress, before, call);
  }

  private Uni<Done> begin(Progress progress, Image before, Call call) {
    return audit.append(progress.intent(before)).chain(intent -> carryOut(progress, before, call));
  }

  private Uni<Done> refuse(Progress progress, Image before, FacadeException objection) {
    return audit
        .append(progress.nothingSent(Outcome.REFUSED, before, objection.getMessage()))
        .chain(row -> Uni.createFrom().failure(marked(objection, progress, Outcome.REFUSED)));
  }

  private Uni<Done> leave(Progress progress, Image before) {
    return audit
        .append(progress.nothingSent(Outcome.UNCHANGED, before, null))
        .map(row -> progress.done(Outcome.UNCHANGED, before, before));
  }

  private Uni<Done> carryOut(Progress progress, Image before, Call call) {
    if (!progress.beginSending()) {
      // The caller has its answer; the intent must not stay open.
      settling
          .append(
              progress.nothingSent(
                  Outcome.NOT_APPLIED, before, "the deadline passed before anything was sent"))
          .subscribe()
          .with(appended -> {});
      return Uni.createFrom().failure(tooLate(progress));
    }
    return send(progress, before, call, 1, false)
        .chain(
            sent ->
                settling
                    .settle(progress, before, sent)
                    .chain(settlement -> record(progress, before, sent, settlement)));
  }

  /** Sends, and where a look must decide it, looks and sends again. */
  private Uni<Sent> send(
      Progress progress, Image before, Call call, int sendings, boolean earlierMayLand) {
    return writes
        .send(progress.change, call)
        .map(receipt -> Sent.taken(receipt, earlierMayLand))
        .onFailure(UpstreamFailure.class)
        .recoverWithUni(
            failure -> {
              Sent sent = Sent.failed((UpstreamFailure) failure, earlierMayLand);
              return sendings < MOST_SENDINGS && toBeSentAgain(progress, sent)
                  ? lookAndSendAgain(progress, before, call, sendings, sent)
                  : Uni.createFrom().item(sent);
            });
  }

  private boolean toBeSentAgain(Progress progress, Sent sent) {
    return progress.course.repeatableAfterLook()
        && sent.failure() != null
        && !sent.failure().kind().provesNoEffect()
        && clock.instant().isBefore(progress.origin.deadline());
  }

  private Uni<Sent> lookAndSendAgain(
      Progress progress, Image before, Call call, int sendings, Sent sent) {
    boolean mayLand =
        sent.earlierMayLand() || (sent.failure() != null && sent.failure().mayStillLand());
    return pause
        .of(Pause.beforeLook(sendings))
        .chain(() -> progress.course.find(before, call))
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) ->
                finding == null || finding.inEffect()
                    ? Uni.createFrom().item(sent)
                    : send(progress, before, call, sendings + 1, mayLand));
  }

  /**
   * What has happened has happened: an outcome that cannot be written changes nothing of it, and is
   * tried again until it is.
   */
  private Uni<Done> record(Progress progress, Image before, Sent sent, Settlement settlement) {
    Runnable next = settling.hold(progress, before, sent, settlement);
    if (settlement.outcome() != Outcome.REJECTED && settlement.outcome() != Outcome.NOT_APPLIED) {
      recent.add(progress.course.locks());
    }
    AuditRow row = progress.outcome(settlement, before);
    return audit
        .append(row)
        .replaceWithVoid()
        .onItem()
        .invoke(next)
        .onFailure()
        .invoke(failure -> settling.append(row).subscribe().with(appended -> next.run()))
        .onItemOrFailure()
        .transformToUni((appended, unrecorded) -> tell(progress, before, settlement));
  }

  private static Uni<Done> tell(Progress progress, Image before, Settlement settlement) {
    FacadeException problem = settlement.problem();
    Image after = settlement.after();
    if (problem != null || after == null) {
      return Uni.createFrom()
          .failure(
              marked(
                  problem == null ? unknown(progress) : problem, progress, settlement.outcome()));
    }
    return Uni.createFrom().item(progress.done(settlement.outcome(), before, after));
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
                                ? tooLate(progress)
                                : marked(unknown(progress), progress, Outcome.UNKNOWN)));
  }

  private static FacadeException tooLate(Progress progress) {
    return new FacadeException(
        ErrorCode.TARGET_BUSY, "The deadline passed before anything was sent to NCP.");
  }

  static FacadeException unknown(Progress progress) {
    return new FacadeException(
            ErrorCode.OUTCOME_UNKNOWN, "The change was sent and is not settled yet.")
        .at("/v1/operations/" + progress.operationId);
  }

  private static FacadeException marked(
      FacadeException problem, Progress progress, Outcome outcome) {
    return problem
        .with("operationId", progress.operationId)
        .header("Operation-Id", progress.operationId)
        .header("Operation-Outcome", outcome.word());
  }
}
