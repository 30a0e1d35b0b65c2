package io.planwarden.change;

import io.planwarden.audit.Operation;
import io.planwarden.audit.Outcome;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers that were given before, rendered anew from the operation. */
final class Replays {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private Replays() {}

  /** How the operation ended, if it ended well. */
  static Done done(Operation operation, Outcome outcome) {
    return new Done(
        operation.operationId(), outcome.word(), after(operation), changedOutside(operation), true);
  }

  private static Image after(Operation operation) {
    List<String> unread = operation.unread();
    if (unread == null || !unread.contains(Progress.AFTER)) {
      return Image.stored(operation.after());
    }
    Map<String, Object> request = operation.request();
    return Image.assumed(
        Objects.requireNonNull(Image.stored(operation.target()).members()),
        Objects.requireNonNull(Image.stored(request == null ? Map.of() : request).members()));
  }

  private static List<String> changedOutside(Operation operation) {
    return Objects.requireNonNullElse(operation.changedOutside(), List.of());
  }

  /** What the operation ended with, as it was told before. */
  static FacadeException problem(FacadeException stored, Operation operation, Outcome outcome) {
    List<String> outside = changedOutside(operation);
    if (!outside.isEmpty()) {
      stored.header("Changed-Outside", String.join(", ", outside));
    }
    return of(stored, operation.operationId())
        .header("Operation-Outcome", outcome.word())
        .header("Idempotency-Replayed", "true");
  }

  /** That it is not known how the operation ended. */
  static FacadeException unknown(Operation operation) {
    return of(
            new FacadeException(
                ErrorCode.OUTCOME_UNKNOWN,
                "The change was sent before, and it is not known how it ended."),
            operation.operationId())
        .at("/v1/operations/" + operation.operationId())
        .header("Operation-Outcome", Outcome.UNKNOWN.word())
        .header("Idempotency-Replayed", "true")
        // Nobody looks again at what is closed.
        .retryable(operation.status() == Operation.Status.PENDING);
  }

  static FacadeException inProgress(String operationId) {
    return of(
            new FacadeException(
                ErrorCode.IDEMPOTENCY_KEY_IN_PROGRESS,
                "The first request with this key has not ended yet."),
            operationId)
        .at("/v1/operations/" + operationId)
        .retryAfter(LOOK_AGAIN);
  }

  static FacadeException reused(String operationId) {
    return of(
        new FacadeException(
            ErrorCode.IDEMPOTENCY_KEY_REUSED,
            "The key stands for an operation that was asked for with another payload."),
        operationId);
  }

  static FacadeException archived(String operationId) {
    return of(
        new FacadeException(
            ErrorCode.IDEMPOTENCY_KEY_REUSED,
            "The key stands for an operation that is in an archive, and is not done again."),
        operationId);
  }

  private static FacadeException of(FacadeException problem, String operationId) {
    return problem.with("operationId", operationId).header("Operation-Id", operationId);
  }

  /** A problem that passes, of an operation whose key goes on standing for it. */
  static FacadeException ended(FacadeException problem) {
    FacadeException ended =
        new FacadeException(
            problem.code(),
            problem.getMessage()
                + " The Idempotency-Key stands for this attempt: another one needs another key.",
            problem);
    problem.members().forEach(ended::with);
    problem.headers().forEach(ended::header);
    Duration wait = problem.retryAfter();
    return (wait == null ? ended : ended.retryAfter(wait)).retryable(false);
  }
}
