package io.planwarden.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The current state, and the earlier ones that reads still see or may be made to see. */
final class History {

  private record Version(long number, State state, Instant visibleFrom) {}

  private final Deque<Version> versions = new ArrayDeque<>();

  History(State first) {
    versions.add(new Version(0, first, Instant.MIN));
  }

  /** What writes work on. */
  State current() {
    return versions.getLast().state();
  }

  /** What reads answer, or answered then: the newest state that is not held back any more. */
  State visible(Instant then) {
    return seen(then).state();
  }

  /**
   * Adds a state.
   *
   * @param heldBack how long reads do not see it
   * @param reach how far back {@link #visible} will be asked for at most
   */
  void commit(State next, Instant now, Duration heldBack, Duration reach) {
    long oldest = seen(now.minus(reach)).number();
    versions.removeIf(version -> version.number() < oldest);
    long number = versions.getLast().number() + 1;
    versions.addLast(new Version(number, next, now.plus(heldBack)));
  }

  private Version seen(Instant then) {
    Iterator<Version> newestFirst = versions.descendingIterator();
    while (newestFirst.hasNext()) {
      Version version = newestFirst.next();
      if (!version.visibleFrom().isAfter(then)) {
        return version;
      }
    }
    return versions.getFirst();
  }
}
