package io.planwarden.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * When targets were last changed by us. NCP's reads may lag behind a change, so a target that was
 * changed a moment ago is not believed to be what a read shows. Thread-safe.
 */
final class RecentChanges {
  private final Clock clock;
  private final Duration window;
  // Oldest first, so that what is past the window is at the front: a put moves a key to the end.
  private final Map<LockKey, Instant> changed = new LinkedHashMap<>(16, 0.75f, true);

  RecentChanges(Clock clock, Duration window) {
    this.clock = clock;
    this.window = window;
  }

  synchronized void add(SortedSet<LockKey> keys) {
    Instant now = clock.instant();
    forget(now);
    keys.forEach(key -> changed.put(key, now));
  }

  synchronized boolean touched(SortedSet<LockKey> keys) {
    forget(clock.instant());
    return keys.stream().anyMatch(changed::containsKey);
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(window);
    Iterator<Instant> times = changed.values().iterator();
    while (times.hasNext() && !times.next().isAfter(oldest)) {
      times.remove();
    }
  }
}
