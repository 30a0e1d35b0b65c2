package io.planwarden.change;

import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Keeps changes of one target apart. Thread-safe; does not block. */
interface Locks {
  /**
   * Takes all the keys, in their order, so that two changes can never wait for each other.
   *
   * @param wait how long to wait at most
   * @return what is held, to be released by the caller; fails with {@code target-busy}
   */
  Uni<Held> acquire(SortedSet<LockKey> keys, Duration wait);

  /** Locks that are held. */
  interface Held {
    /** Whether they still are; once false it stays so. */
    default boolean isValid() {
      return true;
    }

    /** Why what is locked cannot be changed now, whoever began what stands in the way. */
    default Optional<FacadeException> objection() {
      return Optional.empty();
    }

    /** The last changes of what is locked, oldest first, as far as other replicas made them. */
    default List<Leases.Touch> touches() {
      return List.of();
    }

    /** Gives all of them back; may be called once. */
    void release();
  }
}
