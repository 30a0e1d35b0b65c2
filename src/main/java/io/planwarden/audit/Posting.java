package io.planwarden.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of one step of the index that have a term.
 *
 * @param newestFirst their numbers, at least one; all within {@link #SPAN} of the first, and of one
 *     part
 */
record Posting(List<Long> newestFirst) {
  /** How many rows a step of the index takes at most. What is stored relies on it. */
  static final int SPAN = 1_000;

  /** How many rows a part of the index is about. What is stored relies on it. */
  static final int PART = 16_384;

  Posting {
    newestFirst = List.copyOf(newestFirst);
  }

  /** The part that tells of the row. */
  static long part(long seq) {
    return (seq - 1) / PART;
  }

  /** Reads what {@link #text} wrote. */
  static Posting parse(long last, String text) {
    List<Long> numbers = new ArrayList<>();
    for (String distance : text.split(",")) {
      numbers.add(last - Long.parseLong(distance));
    }
    return new Posting(numbers);
  }

  long last() {
    return newestFirst.get(0);
  }

  /** How far each is before the last. */
  String text() {
    return newestFirst.stream()
        .map(seq -> Long.toString(last() - seq))
        .collect(Collectors.joining(","));
  }

  /** Whether it tells of every row from this one up to its last whether it has the term. */
  boolean reaches(long seq) {
    return seq >= newestFirst.get(newestFirst.size() - 1) && seq <= last();
  }

  boolean has(long seq) {
    return newestFirst.contains(seq);
  }
}
