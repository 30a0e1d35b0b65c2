package io.planwarden.request;

import java.util.Arrays;
import java.util.List;

/** A path whose parameters, each a whole segment, stand in braces. */
record PathTemplate(String text, List<String> segments) {
  private static final String PARAMETER = "{";

  /** A slash at the end says nothing. */
  static PathTemplate of(String path) {
    String text = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new PathTemplate(text, List.of(split(text)));
  }

  /** What a path consists of; to be asked once, for all templates that it is compared with. */
  static String[] split(String path) {
    String[] segments = path.split("/", -1);
    boolean slashed = segments.length > 1 && segments[segments.length - 1].isEmpty();
    return slashed ? Arrays.copyOf(segments, segments.length - 1) : segments;
  }

  /** Whether a path is one of these. */
  boolean fits(String[] path) {
    if (path.length != segments.size()) {
      return false;
    }
    for (int i = 0; i < path.length; i++) {
      String wanted = segments.get(i);
      if (wanted.startsWith(PARAMETER) ? path[i].isEmpty() : !wanted.equals(path[i])) {
        return false;
      }
    }
    return true;
  }
}
