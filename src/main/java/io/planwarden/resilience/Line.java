package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, each caller in a line of its own; the lines are served in turn, so how long one
 * is does not matter to the others. Only the patient's line is served when there is no other. Not
 * thread-safe.
 */
final class Line<T> {
  // The first line is served next; a line that was served goes to the end. No line is empty.
  private final Map<String, Deque<T>> lines = new LinkedHashMap<>();
  private int size;

  void add(String caller, T waiter) {
    lines.computeIfAbsent(caller, c -> new ArrayDeque<>()).add(waiter);
    size++;
  }

  @Nullable T poll() {
    String caller = next();
    Deque<T> line = caller == null ? null : lines.remove(caller);
    if (caller == null || line == null) {
      return null;
    }
    T waiter = line.remove();
    if (!line.isEmpty()) {
      lines.put(caller, line);
    }
    size--;
    return waiter;
  }

  private @Nullable String next() {
    String patient = null;
    for (String caller : lines.keySet()) {
      if (!isPatient(caller)) {
        return caller;
      }
      patient = caller;
    }
    return patient;
  }

  private static boolean isPatient(String caller) {
    return caller.equals(Call.PATIENT);
  }

  void remove(String caller, T waiter) {
    Deque<T> line = lines.get(caller);
    if (line != null && line.remove(waiter)) {
      size--;
      dropIfEmpty(caller, line);
    }
  }

  /** Takes out the last of the longest line, if that is longer than the caller's will be. */
  @Nullable T displaceFor(String caller) {
    var longest = lines.entrySet().stream().max(Comparator.comparingInt(e -> e.getValue().size()));
    if (longest.isEmpty() || longest.get().getValue().size() <= size(caller) + 1) {
      return null;
    }
    Deque<T> line = longest.get().getValue();
    T last = line.removeLast();
    size--;
    return last;
  }

  /** How many are served before this one, or before a new one of the caller, at most. */
  int ahead(String caller, @Nullable T waiter) {
    int own = 0;
    for (T other : lines.getOrDefault(caller, new ArrayDeque<>())) {
      if (other == waiter) {
        break;
      }
      own++;
    }
    int sum = own;
    for (var entry : lines.entrySet()) {
      int theirs = entry.getValue().size();
      if (isPatient(caller) && !isPatient(entry.getKey())) {
        sum += theirs;
      } else if (!entry.getKey().equals(caller) && !isPatient(entry.getKey())) {
        sum += Math.min(theirs, own + 1);
      }
    }
    return sum;
  }

  int size() {
    return size;
  }

  int size(String caller) {
    Deque<T> line = lines.get(caller);
    return line == null ? 0 : line.size();
  }

  private void dropIfEmpty(String caller, Deque<T> line) {
    if (line.isEmpty()) {
      lines.remove(caller);
    }
  }
}
