package io.planwarden.change;

import io.planwarden.audit.Operation;
import io.planwarden.audit.Outcome;
import io.planwarden.idempotency.Fingerprint;
import io.planwarden.idempotency.IdempotencyKey;
import io.planwarden.idempotency.IdempotencyKeys;
import io.planwarden.idempotency.KeyRow;
import io.planwarden.idempotency.KeyUse;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells requests that are sent again from new ones, by their keys. Thread-safe; does not block. */
public final class Repeats {
  private final IdempotencyKeys keys;
  private final Function<String, Uni<Optional<Operation>>> operations;

  /**
   * Over these keys.
   *
   * @param operations finds an operation by its id
   */
  public Repeats(IdempotencyKeys keys, Function<String, Uni<Optional<Operation>>> operations) {
    this.keys = keys;
    this.operations = operations;
  }

  /** The beginning of an operation, under the caller's key if it gave one. */
  Progress begin(String operationId, Course course, Options options, Origin origin) {
    IdempotencyKey key = origin.key();
    return key == null
        ? new Progress(operationId, course, origin)
        : new Progress(
            operationId,
            course,
            origin,
            keys.use(origin.caller(), key, fingerprint(course, options), operationId));
  }

  /** What makes a request another one: not who asks, nor the reason or the request id. */
  static String fingerprint(Course course, Options options) {
    Map<String, Object> payload = new TreeMap<>();
    payload.put("action", course.action().word());
    payload.put("target", course.target());
    payload.put("request", course.request());
    // An edit and a patch may have the same words and do not mean the same.
    payload.put("merge", course instanceof PlanMerge);
    payload.put("allowDuplicateName", options.allowDuplicateName());
    Precondition condition = options.ifMatch();
    if (condition != null) {
      payload.put("ifMatch", condition.wanted().any() ? "*" : condition.wanted().tags());
    }
    return Fingerprint.of(payload);
  }

  /** Does the work, unless the request was sent before; then answers as was or would be told. */
  Uni<Done> unlessRepeated(Progress progress, Supplier<Uni<Done>> work) {
    KeyUse use = progress.use();
    return use == null
        ? work.get()
        : use.find()
            .chain(
                found -> found.isEmpty() ? work.get() : answer(progress, use, found.get(), work));
  }

  /** The answer to a request whose key another one claimed in the meantime. */
  Uni<Done> repeated(Progress progress) {
    return unlessRepeated(
        progress, () -> Uni.createFrom().failure(Replays.inProgress(progress.operationId)));
  }

  private Uni<Done> answer(Progress progress, KeyUse use, KeyRow row, Supplier<Uni<Done>> work) {
    if (!use.isOf(row)) {
      return Uni.createFrom().failure(Replays.reused(row.operationId()));
    }
    return operations
        .apply(row.operationId())
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().failure(Replays.archived(row.operationId()))
                    : answer(use, row, found.get(), work));
  }

  private static Uni<Done> answer(
      KeyUse use, KeyRow row, Operation operation, Supplier<Uni<Done>> work) {
    Outcome outcome = operation.outcome();
    if (outcome == null) {
      return Uni.createFrom().failure(Replays.inProgress(operation.operationId()));
    }
    Optional<FacadeException> ending = row.ending();
    if (ending.isPresent()) {
      return Uni.createFrom().failure(Replays.problem(ending.get(), operation, outcome));
    }
    return switch (outcome) {
      case APPLIED, UNCHANGED, ADOPTED -> Uni.createFrom().item(Replays.done(operation, outcome));
      case UNKNOWN -> Uni.createFrom().failure(Replays.unknown(operation));
      case REJECTED, REFUSED, NOT_APPLIED -> {
        // It had no effect, and no caller was told an end that would have to be repeated.
        use.supersede(operation.operationId());
        yield work.get();
      }
    };
  }
}
