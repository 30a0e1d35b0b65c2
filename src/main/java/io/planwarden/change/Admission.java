package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Lets one change at a time have its targets, once it is known what others did to them and that
 * nothing stands in the way. Thread-safe; does not block.
 */
final class Admission {
  private static final Logger LOG = Logger.getLogger(Admission.class);

  private final Locks locks;
  private final HeldTargets held;
  private final Elsewhere elsewhere;
  private final Listings listings;
  private final Duration lockWait;

  Admission(
      Locks locks, HeldTargets held, Elsewhere elsewhere, Listings listings, Duration lockWait) {
    this.locks = locks;
    this.held = held;
    this.elsewhere = elsewhere;
    this.listings = listings;
    this.lockWait = lockWait;
  }

  /** Runs to its end with the locks held, whoever waits for it. */
  <T> Uni<T> alone(Course course, Function<Locks.Held, Uni<T>> work) {
    Uni<T> life = with(course.locks(), work).memoize().indefinitely();
    life.subscribe().with(done -> {}, failure -> LOG.debugf(failure, "%s", course.target()));
    return life;
  }

  /** Does the work if the caller may, and no other change may still take effect on the targets. */
  <T> Uni<T> permitted(
      Wish wish, Course course, Call call, Locks.Held lock, Supplier<Uni<T>> work) {
    return Confinement.check(wish, listings, call)
        .chain(() -> unlessInFlight(course.locks(), lock, work));
  }

  /** Looks at what no change is under way on, and keeps changes away meanwhile. */
  <T> Uni<T> looking(SortedSet<LockKey> targets, Supplier<Uni<T>> look) {
    return with(targets, lock -> unlessInFlight(targets, lock, look));
  }

  /** Learns what others did to the targets of an open operation, which admits no other change. */
  Uni<Void> learning(SortedSet<LockKey> targets) {
    return with(targets, lock -> Uni.createFrom().voidItem());
  }

  /**
   * Makes a step of a change whose locks are held.
   *
   * @param own what the step locks besides
   */
  <T> Uni<T> alongside(SortedSet<LockKey> own, Progress step, Supplier<Uni<T>> work) {
    return with(
        own,
        lock -> {
          step.sendOnlyWith(lock);
          return unlessInFlight(own, lock, work);
        });
  }

  private <T> Uni<T> with(SortedSet<LockKey> keys, Function<Locks.Held, Uni<T>> work) {
    return locks
        .acquire(keys, lockWait)
        .chain(
            lock ->
                elsewhere
                    .learn(keys, lock.touches())
                    .chain(() -> work.apply(lock))
                    .eventually(lock::release));
  }

  private <T> Uni<T> unlessInFlight(
      SortedSet<LockKey> keys, Locks.Held lock, Supplier<Uni<T>> work) {
    return held.objection(keys)
        .or(lock::objection)
        .map(inFlight -> Uni.createFrom().<T>failure(inFlight))
        .orElseGet(work);
  }
}
