package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Call;
import io.planwarden.idempotency.KeyUse;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Rider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way: what it is, how far it is, and the rows that it writes. Thread-safe.
 */
final class Progress {
  /** How far an operation is. Giving up and sending exclude each other: both leave PREPARING. */
  private enum Point {
    PREPARING,
    SENT,
    GIVEN_UP
  }

  static final String BEFORE = "before";
  static final String AFTER = "after";

  final String operationId;
  final Origin origin;
  volatile Course course;
  private final @Nullable String parentOperationId;
  private volatile List<String> changedOutside = List.of();
  private volatile boolean recorded;
  private volatile long number;
  private volatile boolean mayHaveBeenSo;
  private final @Nullable KeyUse use;
  private volatile BooleanSupplier leave = () -> true;
  private final AtomicReference<Point> point = new AtomicReference<>(Point.PREPARING);

  Progress(String operationId, Course course, Origin origin) {
    this(operationId, course, origin, null, null);
  }

  /** One that is a step of another, if that is given. */
  Progress(String operationId, Course course, Origin origin, @Nullable String parentOperationId) {
    this(operationId, course, origin, parentOperationId, null);
  }

  /** One under the caller's key. */
  Progress(String operationId, Course course, Origin origin, KeyUse use) {
    this(operationId, course, origin, null, use);
  }

  private Progress(
      String operationId,
      Course course,
      Origin origin,
      @Nullable String parentOperationId,
      @Nullable KeyUse use) {
    this.operationId = operationId;
    this.course = course;
    this.origin = origin;
    this.parentOperationId = parentOperationId;
    this.use = use;
  }

  /** The use of the caller's key, null if it gave none. */
  @Nullable KeyUse use() {
    return use;
  }

  /** What claims the caller's key with the row that begins the operation. */
  @Nullable Rider claim() {
    return use == null ? null : use.claim();
  }

  /** What keeps a problem with the row that settles the operation, for its replay. */
  @Nullable Rider conclusion(Outcome outcome, @Nullable FacadeException problem) {
    return use == null || problem == null || !outcome.isSettled()
        ? null
        : use.conclude(told(problem, outcome));
  }

  /**
   * The problem as this caller is told it. What is not settled may be sent again under its key;
   * what ended is only repeated.
   */
  private FacadeException told(FacadeException problem, Outcome outcome) {
    if (use == null || outcome == Outcome.REFUSED) {
      return problem;
    }
    if (outcome == Outcome.UNKNOWN) {
      return problem.retryable(true);
    }
    return problem.retryable() ? Replays.ended(problem) : problem;
  }

  /** It may be sent only while these are held, besides what was said before. */
  void sendOnlyWith(Locks.Held locks) {
    BooleanSupplier earlier = leave;
    leave = () -> earlier.getAsBoolean() && locks.isValid();
  }

  /** A step may be sent only while the change may that it is part of. */
  void sendOnlyLike(Progress parent) {
    leave = parent.leave;
  }

  /** A call that sends it, as long as it may be sent. */
  Call toBeSent(Call call) {
    return call.changing(leave);
  }

  /** Goes on from what was seen. */
  void see(Prospect prospect) {
    course = prospect.course();
    changedOutside = prospect.changedOutside();
  }

  /** The members that somebody else changed since the last sight. */
  List<String> changedOutside() {
    return changedOutside;
  }

  /**
   * Tells whether the target may be as asked for before anything is sent. To see it so later does
   * not prove then that anything landed.
   */
  void mayBeSo(boolean mayBeSo) {
    mayHaveBeenSo = mayBeSo;
  }

  /** Whether an attempt may take effect although the change was seen in effect. */
  boolean leavesBehind(Sent sent) {
    if (course.mayBeFoundLate()) {
      // A create is sent again only after attempts that proved to be without effect.
      return false;
    }
    return mayHaveBeenSo ? sent.mayStillLand() : sent.leavesAttemptBehind();
  }

  /** Begins with this row, which is on record now. */
  void begunWith(AuditRow first) {
    number = Objects.requireNonNull(first.seq());
  }

  /** When it had its turn at its target, if it ended at that time. */
  Turn turn(Instant endedAt) {
    return new Turn(number, endedAt);
  }

  /** Claims the right to send; false if the caller was told already that nothing is sent. */
  boolean beginSending() {
    return point.compareAndSet(Point.PREPARING, Point.SENT);
  }

  /** Claims that nothing will be sent; false if something may have been. */
  boolean giveUp() {
    return point.compareAndSet(Point.PREPARING, Point.GIVEN_UP);
  }

  /** The problem with the operation's id, if anything about it is or will be on record. */
  FacadeException named(FacadeException problem) {
    return recorded
        ? problem.with("operationId", operationId).header("Operation-Id", operationId)
        : problem;
  }

  /** The problem with what every answer to a change carries. */
  FacadeException marked(FacadeException found, Outcome outcome) {
    FacadeException problem = told(found, outcome);
    if (!changedOutside.isEmpty()) {
      problem.header("Changed-Outside", String.join(", ", changedOutside));
    }
    return problem
        .with("operationId", operationId)
        .header("Operation-Id", operationId)
        .header("Operation-Outcome", outcome.word());
  }

  Done done(Outcome outcome, Image after) {
    return new Done(operationId, outcome.word(), after, changedOutside, false);
  }

  AuditRow intent(Image before) {
    recorded = true;
    return row(Phase.INTENT, before, null).deadline(origin.deadline()).build();
  }

  /** That nothing was sent, and why. */
  AuditRow nothingSent(Outcome outcome, Image before, @Nullable String detail) {
    return row(Phase.OUTCOME, before, before).outcome(outcome).detail(detail).build();
  }

  /**
   * How it ended, as far as it is known.
   *
   * @param mayLandUntil how long an attempt without an answer may still take effect, null if none
   */
  AuditRow outcome(Settlement settlement, Image before, @Nullable Instant mayLandUntil) {
    FacadeException problem = settlement.problem();
    return row(Phase.OUTCOME, before, settlement.after())
        .outcome(settlement.outcome())
        .upstream(settlement.upstream())
        .detail(problem == null ? null : problem.getMessage())
        .mayLandUntil(mayLandUntil)
        .build();
  }

  /** What a later look found. */
  AuditRow resolution(
      Outcome outcome, Image before, @Nullable Image after, @Nullable String detail) {
    return resolution(outcome, before, after, detail, null);
  }

  /** The same, while another attempt may still take effect. */
  AuditRow resolution(
      Outcome outcome,
      Image before,
      @Nullable Image after,
      @Nullable String detail,
      @Nullable Instant mayLandUntil) {
    return row(Phase.RESOLUTION, before, after)
        .outcome(outcome)
        .detail(detail)
        .mayLandUntil(mayLandUntil)
        .build();
  }

  /** That nobody looks again, although it is not known how it ended. */
  AuditRow closing(Image before, @Nullable Image after, String detail) {
    return row(Phase.RESOLUTION, before, after)
        .outcome(Outcome.UNKNOWN)
        .detail(detail)
        .closed(true)
        .build();
  }

  /** That no attempt can land any more, and what came of those that could. */
  AuditRow lastNote(Image before, Image after, String detail) {
    return row(Phase.NOTE, before, after).detail(detail).closed(true).build();
  }

  private AuditRowBuilder row(Phase phase, Image before, @Nullable Image after) {
    return AuditRowBuilder.builder()
        .phase(phase)
        .operationId(operationId)
        .parentOperationId(parentOperationId)
        .requestId(origin.requestId())
        .caller(origin.caller())
        .action(course.action().word())
        .target(course.target())
        .reason(origin.reason())
        .request(course.request())
        .before(before.seen())
        .after(after == null ? null : after.seen())
        .changed(after == null ? null : before.changedTo(after))
        .unread(orNull(unread(phase, before, after)))
        .changedOutside(orNull(changedOutside));
  }

  private static List<String> unread(Phase phase, Image before, @Nullable Image after) {
    List<String> unread = new ArrayList<>();
    if (!before.isRead()) {
      unread.add(BEFORE);
    }
    boolean looked = after != null && after.isRead();
    if (phase != Phase.INTENT && !looked) {
      unread.add(AFTER);
    }
    return unread;
  }

  private static @Nullable List<String> orNull(List<String> names) {
    return names.isEmpty() ? null : names;
  }
}
