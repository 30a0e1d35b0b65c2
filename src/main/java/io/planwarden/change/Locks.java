package io.planwarden.change;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
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
    /** Gives all of them back; may be called once. */
    void release();
  }
}
