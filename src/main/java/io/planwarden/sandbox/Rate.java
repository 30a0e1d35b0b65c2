package io.planwarden.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what arrives in a second that slides along; of two moments a second apart it has one. */
final class Rate {

  private static final long SECOND = 1_000_000_000L;

  private final Deque<Long> lastSecond = new ArrayDeque<>();
  private int max;

  /** Notes an arrival at a reading of {@link System#nanoTime}, and counts the second up to it. */
  int arrived(long nanos) {
    while (!lastSecond.isEmpty() && nanos - lastSecond.getFirst() >= SECOND) {
      lastSecond.removeFirst();
    }
    lastSecond.addLast(nanos);
    max = Math.max(max, lastSecond.size());
    return lastSecond.size();
  }

  /** The most there ever were in one second. */
  int max() {
    return max;
  }
}
