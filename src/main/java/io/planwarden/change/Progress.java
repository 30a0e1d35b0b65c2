package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.audit.Upstream;
import io.planwarden.idempotency.KeyUse;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Rider;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

  static final String BEFORE_NOT_READ = "before-not-read";
  static final String AFTER_NOT_READ = "after-not-read";
  static final String CHANGED_OUTSIDE = "changed-outside: ";

  final String operationId;
  final Origin origin;
  volatile Course course;
  private final @Nullable String parentOperationId;
  private volatile List<String> changedOutside = List.of();
  private final @Nullable KeyUse use;
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

  /** Goes on from what was seen. */
  void see(Prospect prospect) {
    course = prospect.course();
    changedOutside = prospect.changedOutside();
  }

  /** The members that somebody else changed since the last sight. */
  List<String> changedOutside() {
    return changedOutside;
  }

  /** Claims the right to send; false if the caller was told already that nothing is sent. */
  boolean beginSending() {
    return point.compareAndSet(Point.PREPARING, Point.SENT);
  }

  /** Claims that nothing will be sent; false if something may have been. */
  boolean giveUp() {
    return point.compareAndSet(Point.PREPARING, Point.GIVEN_UP);
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

  Done done(Outcome outcome, Image before, Image after) {
    return new Done(
        operationId, outcome.word(), after, before.changedTo(after), changedOutside, false);
  }

  AuditRow intent(Image before) {
    return row(
        Phase.INTENT, before, null, new End(null, null, noting(unread(before, null)), false));
  }

  /** That nothing was sent, and why. */
  AuditRow nothingSent(Outcome outcome, Image before, @Nullable String detail) {
    return row(Phase.OUTCOME, before, before, new End(outcome, null, noting(detail), false));
  }

  AuditRow outcome(Settlement settlement, Image before) {
    String detail =
        settlement.problem() == null
            ? unread(before, settlement.after())
            : settlement.problem().getMessage();
    return row(
        Phase.OUTCOME,
        before,
        settlement.after(),
        new End(settlement.outcome(), settlement.upstream(), noting(detail), false));
  }

  /** What a later look found. */
  AuditRow resolution(
      Outcome outcome, Image before, @Nullable Image after, @Nullable String detail) {
    return row(Phase.RESOLUTION, before, after, new End(outcome, null, detail, false));
  }

  /** That nobody looks again, although it is not known how it ended. */
  AuditRow closing(Image before, @Nullable Image after, String detail) {
    return row(Phase.RESOLUTION, before, after, new End(Outcome.UNKNOWN, null, detail, true));
  }

  AuditRow note(Image before, Image after, String detail) {
    return row(Phase.NOTE, before, after, new End(null, null, detail, false));
  }

  /** The detail of a row, and what somebody else did to the target before. */
  private @Nullable String noting(@Nullable String detail) {
    List<String> names = changedOutside;
    if (names.isEmpty()) {
      return detail;
    }
    String note = CHANGED_OUTSIDE + String.join(" ", names);
    return detail == null ? note : detail + ", " + note;
  }

  /** What was left unread, in the words of the rows; null if nothing was. */
  private static @Nullable String unread(Image before, @Nullable Image after) {
    boolean afterUnread = after != null && !after.isRead();
    return before.isRead()
        ? afterUnread ? AFTER_NOT_READ : null
        : afterUnread ? BEFORE_NOT_READ + ", " + AFTER_NOT_READ : BEFORE_NOT_READ;
  }

  private record End(
      @Nullable Outcome outcome,
      @Nullable Upstream upstream,
      @Nullable String detail,
      boolean closed) {}

  private AuditRow row(Phase phase, Image before, @Nullable Image after, End end) {
    List<String> changed = after == null ? null : before.changedTo(after);
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
        .changed(changed)
        .outcome(end.outcome())
        .upstream(end.upstream())
        .detail(end.detail())
        .closed(end.closed() ? Boolean.TRUE : null)
        .deadline(phase == Phase.INTENT ? origin.deadline() : null)
        .build();
  }
}
