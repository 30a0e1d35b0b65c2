package io.planwarden.change;

import com.github.f4b6a3.ulid.UlidCreator;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes what has to be done before a change is sent, step by step, each an operation of its own
 * under it. The first step that does not end well stops the change: it is not sent.
 *
 * <p>The locks of the change are held all the while; a step takes only those that it needs besides,
 * and gives them back before the next one. Those come after the locks of the change in the order in
 * which all locks are taken, so that nobody waits for each other. Thread-safe; does not block.
 */
final class Steps {
  private final Admission admission;
  private final Function<Progress, Call> calls;
  private final Function<Progress, Uni<Done>> life;

  /**
   * @param calls makes a call for a look, whatever time the caller has left
   * @param life makes a change whose locks are held
   */
  Steps(Admission admission, Function<Progress, Call> calls, Function<Progress, Uni<Done>> life) {
    this.admission = admission;
    this.calls = calls;
    this.life = life;
  }

  /** Empty if all is done; else how the change has ended, of which nothing was sent. */
  Uni<Optional<Settlement>> make(Progress parent, Image before) {
    return makeAll(parent, parent.course.steps(before).iterator());
  }

  private Uni<Optional<Settlement>> makeAll(Progress parent, Iterator<Course> steps) {
    if (!steps.hasNext()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Course step = steps.next();
    return make(step, parent)
        .onItemOrFailure()
        .transformToUni(
            (done, failure) ->
                failure == null
                    ? makeAll(parent, steps)
                    : stop(parent, step, failure).map(Optional::of));
  }

  private Uni<Done> make(Course course, Progress parent) {
    Progress step =
        new Progress(
            UlidCreator.getMonotonicUlid().toString(), course, parent.origin, parent.operationId);
    step.sendOnlyLike(parent);
    SortedSet<LockKey> own = new TreeSet<>(course.locks());
    own.removeAll(parent.course.locks());
    return admission.alongside(own, step, () -> life.apply(step));
  }

  private Uni<Settlement> stop(Progress parent, Course step, Throwable failure) {
    FacadeException problem = problem(step, failure);
    return parent
        .course
        .look(calls.apply(parent))
        .onFailure()
        .recoverWithItem(() -> null)
        .map(now -> notSent(now, problem));
  }

  private static Settlement notSent(@Nullable Image now, FacadeException problem) {
    return new Settlement(Outcome.NOT_APPLIED, now, Sent.NOTHING.upstream(), problem);
  }

  /** The step's own problem, and what it means for the change. */
  private static FacadeException problem(Course step, Throwable failure) {
    String what =
        "The step %s of %s did not succeed, and nothing after it was begun: %s"
            .formatted(step.action().word(), step.target(), failure.getMessage());
    if (!(failure instanceof FacadeException of)) {
      return new FacadeException(ErrorCode.INTERNAL_ERROR, what, failure);
    }
    FacadeException problem = new FacadeException(of.code(), what, of);
    of.members().forEach(problem::with);
    of.headers().forEach(problem::header);
    Object stepId = of.members().get("operationId");
    if (stepId != null) {
      problem.with("stoppedAt", stepId);
    }
    Duration retryAfter = of.retryAfter();
    return retryAfter == null ? problem : problem.retryAfter(retryAfter);
  }
}
