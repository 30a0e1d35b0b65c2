package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one kind of change: what it locks, how its target is looked at, and how its
 * effect is told. {@link Changes} does the rest, the same for all.
 */
interface Course {
  /** What is sent. */
  Change change();

  /** What kind of change this is. */
  default Action action() {
    return change().action();
  }

  SortedSet<LockKey> locks();

  /** Under which name the target is remembered as it was seen; empty if it is not. */
  default Optional<LockKey> sight(Image seen) {
    return Optional.empty();
  }

  /** Of what was seen of the target, what such a change can set. */
  default Map<String, Object> settable(Image seen) {
    return PlanMembers.settable(seen);
  }

  /** The NCP ids that the change is about. */
  Map<String, Object> target();

  /** What is asked for, by NCP's field names. */
  Map<String, Object> request();

  /** Reads what NCP holds now; {@link Image#ABSENT} if there is nothing. */
  Uni<Image> look(Call call);

  /** Why the change must not be made, seeing what is. */
  Optional<FacadeException> objection(Image before);

  /** The course to take from here, seeing what is; another one if the change is made of that. */
  default Course seeing(Image before) {
    return this;
  }

  /** Why the change must not be made, for which more than its target has to be looked at. */
  default Uni<Optional<FacadeException>> guard(Image before, Call call) {
    return Uni.createFrom().item(Optional.empty());
  }

  /** What the change would do. */
  default Foresight foresee(Image before) {
    return Foresight.of(before, before.with(request(), Set.of()));
  }

  /** What has to be done first, in this order; each an operation of its own. */
  default List<Course> steps(Image before) {
    return List.of();
  }

  /**
   * Whether it has to see the latest state: building on one that a change of ours has ended would
   * undo that change unseen, or leave no record of what it led to.
   */
  default boolean mustSeeTheLatest() {
    return false;
  }

  /** Whether what is seen when nothing can land any more proves that it had no effect. */
  default boolean isWithoutEffect(Image before, Image now) {
    return now.equals(before);
  }

  /** What it changes of what it locks; the rest only has to stay as it is meanwhile. */
  default SortedSet<LockKey> touches() {
    return locks();
  }

  /**
   * What makes doubtful what is seen if a change of ours touched it a moment ago: reads may lag
   * behind that.
   */
  default SortedSet<LockKey> doubts() {
    return locks();
  }

  /** Whether there is nothing to do. */
  boolean alreadySo(Image before);

  /** Whether all that is asked for is so already, whatever else sending it may do. */
  default boolean isAsAsked(Image before) {
    return alreadySo(before);
  }

  /**
   * Whether to see it in effect proves that it has landed, whatever was so before: what it makes
   * was never there, or what it takes away never comes back.
   */
  default boolean isProvedBySight() {
    return false;
  }

  /** Looks whether the change is in effect; used when NCP's answer does not tell. */
  default Uni<Finding> find(Image before, Call call) {
    return look(call).map(now -> Finding.of(isAsAsked(now), now));
  }

  /** The same once NCP has said that it took the change. */
  default Uni<Finding> confirm(Receipt receipt, Image before, Call call) {
    return find(before, call);
  }

  /**
   * Whether it may be sent again once a look has shown that it is not in effect: sending it twice
   * has the effect of sending it once, and NCP's answer does not tell.
   */
  default boolean repeatableAfterLook() {
    return false;
  }

  /**
   * Whether configuration may leave out the looks before it is sent and after NCP took it. Where
   * settling compares with what was before, or NCP's words alone have proved wrong, it may not.
   */
  default boolean mayGoUnread() {
    return false;
  }

  /** Whether a look may find the effect long after the horizon: creates, which no lock guards. */
  default boolean mayBeFoundLate() {
    return false;
  }

  /**
   * What a look at the target found.
   *
   * @param inEffect whether what was asked for is so
   * @param now what NCP holds
   * @param outcome how the change ended if it is in effect
   * @param problem what the caller is told although NCP is done with the change, null if all is
   *     well
   */
  record Finding(boolean inEffect, Image now, Outcome outcome, @Nullable FacadeException problem) {
    static Finding of(boolean inEffect, Image now) {
      return new Finding(inEffect, now, Outcome.APPLIED, null);
    }
  }
}
