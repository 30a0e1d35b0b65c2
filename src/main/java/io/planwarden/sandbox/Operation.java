package io.planwarden.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of NCP: its kind in the ledger, its method, its path with {@code {name}} for ids,
 * and what it does.
 */
record Operation(String kind, String method, List<String> template, Action action) {

  static final String READ = "read";

  private static final String PREFIX = "/api/v1";

  /** What an operation does to a call; refuses by throwing {@link Refusal}. */
  interface Action {
    Outcome run(Call call);
  }

  /** An operation that answers the state reads see, which may lag behind. */
  static Operation read(String method, String path, Action action) {
    return new Operation(READ, method, segments(PREFIX + path), action);
  }

  /** An operation that works on the current state. */
  static Operation write(String kind, String method, String path, Action action) {
    return new Operation(kind, method, segments(PREFIX + path), action);
  }

  boolean writes() {
    return !kind.equals(READ);
  }

  static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  /** The ids in a path if it is this operation's, else null. */
  @Nullable Map<String, String> match(String wantedMethod, List<String> path) {
    if (!method.equals(wantedMethod) || path.size() != template.size()) {
      return null;
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = template.get(i);
      String given = path.get(i);
      if (expected.startsWith("{") && !given.isEmpty()) {
        named.put(expected.substring(1, expected.length() - 1), given);
      } else if (!expected.equals(given)) {
        return null;
      }
    }
    return named;
  }
}
