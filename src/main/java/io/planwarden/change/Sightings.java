package io.planwarden.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What targets looked like when they were last seen by us in the course of a change, of as many
 * things and as many relations as fit. Only what callers can set counts. Thread-safe.
 *
 * <p>NCP's reads may lag behind a change. So a state that a change of ours ended within the
 * staleness window is not taken for the work of somebody else.
 */
final class Sightings {
  private static final int MOST = 10_000;
  private static final int MOST_PAST = 100;

  /**
   * @param state null if nobody knows what it was, so that it may have been any
   */
  private record Past(@Nullable Map<String, Object> state, Instant endedAt) {}

  /**
   * @param state null if nobody knows what the target looks like
   * @param turn of the last change of ours
   */
  private record Sight(@Nullable Map<String, Object> state, List<Past> past, Turn turn) {}

  private final Clock clock;
  private final Duration window;
  private final Map<LockKey, Sight> sights = usedLast();
  // Each is of use for the window alone, and they come by the thousands: they have room of their
  // own, for what they push out is not told as changed outside any more.
  private final Map<LockKey, Sight> relations = usedLast();

  Sightings(Clock clock, Duration window) {
    this.clock = clock;
    this.window = window;
  }

  /** The one that was not used for the longest time is at the front. */
  private static Map<LockKey, Sight> usedLast() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<LockKey, Sight> eldest) {
        return size() > MOST;
      }
    };
  }

  /** The target was seen, before a change or without one, and what was seen is not behind. */
  synchronized void see(Course course, Image seen) {
    Sight sight = sight(course, seen);
    Map<String, Object> state = state(sight, course.settable(seen));
    Sight latest =
        sight == null
            ? new Sight(state, List.of(), Turn.NONE)
            : new Sight(state, sight.past, sight.turn);
    put(course, seen, latest);
  }

  /**
   * A change of ours, of whichever replica, led from one state to another. One of them that was not
   * read is not known. If a later change is known already, the state that it led to is past.
   */
  synchronized void change(Course course, Image before, Image after, Turn turn) {
    Sight sight = sight(course, after);
    Sight later = sight != null && sight.turn.isAfter(turn) ? sight : null;
    Map<String, Object> left = after.isRead() ? state(sight, course.settable(after)) : null;
    Instant now = clock.instant();
    List<Past> past = new ArrayList<>(sight == null ? List.of() : sight.past);
    past.removeIf(each -> !each.endedAt.isAfter(now.minus(window)));
    if (before.isRead()) {
      add(past, new Past(state(sight, course.settable(before)), turn.endedAt()));
    } else if (later != null || sight == null || sight.state == null || past.isEmpty()) {
      // Nothing else tells what it was: there is no sight of it, or only one from before the
      // window, or from after it.
      add(past, new Past(null, turn.endedAt()));
    }
    if (later != null) {
      if (left != null) {
        add(past, new Past(left, later.turn.endedAt()));
      }
    } else if (sight != null && sight.state != null) {
      add(past, new Past(sight.state, turn.endedAt()));
    }
    past = List.copyOf(past.subList(Math.max(0, past.size() - MOST_PAST), past.size()));
    Sight latest =
        later == null ? new Sight(left, past, turn) : new Sight(later.state, past, later.turn);
    put(course, after, latest);
  }

  private void put(Course course, Image seen, Sight latest) {
    course.sight(seen).ifPresent(target -> among(target).put(target, latest));
  }

  private @Nullable Sight sight(Course course, Image seen) {
    LockKey target = course.sight(seen).orElse(null);
    return target == null ? null : among(target).get(target);
  }

  private Map<LockKey, Sight> among(LockKey target) {
    return target.isRelation() ? relations : sights;
  }

  /**
   * In the form that takes the least room, and as it is known already if it comes again: there are
   * many, and they are kept for a while.
   */
  private static Map<String, Object> state(@Nullable Sight known, Map<String, Object> state) {
    if (known != null) {
      if (known.state != null && known.state.equals(state)) {
        return known.state;
      }
      for (Past past : known.past) {
        if (past.state != null && past.state.equals(state)) {
          return past.state;
        }
      }
    }
    return Map.copyOf(state);
  }

  /** A state that comes again and again is there once. */
  private static void add(List<Past> past, Past latest) {
    past.removeIf(
        each -> Objects.equals(each.state, latest.state) && !each.endedAt.isAfter(latest.endedAt));
    past.add(latest);
  }

  /**
   * Nobody knows what the target looks like after this change, unless there was a later one. What
   * was ended before still was.
   */
  synchronized void forget(Course course, Image seen, Turn turn) {
    Sight sight = sight(course, seen);
    if (sight == null || !sight.turn.isAfter(turn)) {
      Sight latest = new Sight(null, sight == null ? List.of() : sight.past, turn);
      put(course, seen, latest);
    }
  }

  /** A change of ours that nobody can make out ended then: until then it may have been anything. */
  synchronized void lose(LockKey target, Instant endedAt) {
    Sight sight = among(target).get(target);
    List<Past> past = new ArrayList<>(sight == null ? List.of() : sight.past);
    add(past, new Past(null, endedAt));
    Turn turn = sight == null ? Turn.NONE : sight.turn;
    among(target).put(target, new Sight(null, List.copyOf(past), turn));
  }

  /**
   * Whether what was read is a state that a change of ours ended a moment before.
   *
   * @param begun when the look began: NCP may answer from then, however long that takes
   */
  synchronized boolean isBehind(Course course, Image seen, Instant begun) {
    Sight sight = sight(course, seen);
    return sight != null
        && isPast(sight, course.settable(seen), seen.exists(), begun.minus(window));
  }

  /**
   * The names of members that somebody else changed since the last sight, sorted; given what is not
   * behind.
   */
  synchronized List<String> changedOutside(Course course, Image seen) {
    Sight sight = sight(course, seen);
    if (sight == null || sight.state == null) {
      return List.of();
    }
    Map<String, Object> last = sight.state;
    Map<String, Object> now = course.settable(seen);
    TreeSet<String> names = new TreeSet<>(now.keySet());
    names.addAll(last.keySet());
    names.removeIf(name -> Objects.equals(now.get(name), last.get(name)));
    return List.copyOf(names);
  }

  private static boolean isPast(
      Sight sight, Map<String, Object> now, boolean exists, Instant oldest) {
    return !now.equals(sight.state)
        && sight.past.stream()
            .anyMatch(
                past ->
                    past.endedAt.isAfter(oldest)
                        && (past.state == null ? exists : past.state.equals(now)));
  }
}
