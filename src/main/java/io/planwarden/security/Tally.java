package io.planwarden.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happens often, to tell of it seldom: of each key the first time at once, and then
 * what came together, at most once in a pause. Nothing is lost but what comes under new keys while
 * there are too many. Thread-safe.
 */
final class Tally<K, V> {
  /**
   * What to tell.
   *
   * @param last what came with the last time
   * @param times since it was told before
   */
  record Report<K, V>(K key, V last, long times) {}

  private record Count<V>(Instant told, V last, long times) {}

  private final Duration pause;
  private final int mostKeys;
  private final Map<K, Count<V>> counts = new HashMap<>();

  Tally(Duration pause, int mostKeys) {
    this.pause = pause;
    this.mostKeys = mostKeys;
  }

  /** Counts one; the result is what to tell now, if anything. */
  synchronized Optional<Report<K, V>> add(K key, V value, Instant now) {
    Count<V> known = counts.get(key);
    if (known != null) {
      counts.put(key, new Count<>(known.told(), value, known.times() + 1));
      return Optional.empty();
    }
    if (counts.size() >= mostKeys) {
      return Optional.empty();
    }
    counts.put(key, new Count<>(now, value, 0));
    return Optional.of(new Report<>(key, value, 1));
  }

  /** What to tell now, its pause being over; keys that nothing more came under are forgotten. */
  synchronized List<Report<K, V>> due(Instant now) {
    Instant longAgo = now.minus(pause);
    List<Report<K, V>> due = new ArrayList<>();
    counts
        .entrySet()
        .removeIf(
            entry -> !entry.getValue().told().isAfter(longAgo) && entry.getValue().times() == 0);
    counts.replaceAll(
        (key, count) -> {
          if (count.told().isAfter(longAgo)) {
            return count;
          }
          due.add(new Report<>(key, count.last(), count.times()));
          return new Count<>(now, count.last(), 0);
        });
    return due;
  }

  /** All that was not told yet, whatever its pause. */
  synchronized List<Report<K, V>> rest() {
    List<Report<K, V>> rest = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          if (count.times() > 0) {
            rest.add(new Report<>(key, count.last(), count.times()));
          }
        });
    counts.clear();
    return rest;
  }
}
