package io.planwarden.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The current state, and the earlier ones that reads still see while a write is held back. */
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

  /** What reads answer: the newest state that is not held back any more. */
  State visible(Instant now) {
    return seen(now).state();
  }

  void commit(State next, Instant now, Duration heldBack) {
    long seen = seen(now).number();
    // What lies before the state that reads see now cannot be seen again.
    versions.removeIf(version -> version.number() < seen);
    long number = versions.getLast().number() + 1;
    versions.addLast(new Version(number, next, now.plus(heldBack)));
  }

  private Version seen(Instant now) {
    Iterator<Version> newestFirst = versions.descendingIterator();
    while (newestFirst.hasNext()) {
      Version version = newestFirst.next();
      if (!version.visibleFrom().isAfter(now)) {
        return version;
      }
    }
    return versions.getLast();
  }
}
