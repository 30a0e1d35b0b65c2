package io.planwarden.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the index gets at once.
 *
 * @param head the last row that was in it before
 * @param last the last that is in it then
 * @param entries in the order of their primary key: neighbours share a page
 */
record IndexStep(long head, long last, List<Entry> entries) {
  /** The rows of a step that have a term, as they are stored. */
  record Entry(String term, long last, int amount, String seqs) {}

  /**
   * Of rows that follow each other.
   *
   * @param rows at most {@link Posting#SPAN}, oldest first, all of one part
   */
  static IndexStep of(long head, List<RowTerms> rows) {
    SortedMap<String, Deque<Long>> rowsOf = new TreeMap<>();
    for (RowTerms row : rows) {
      for (String term : row.terms()) {
        rowsOf.computeIfAbsent(term, first -> new ArrayDeque<>()).addFirst(row.seq());
      }
    }
    List<Entry> entries = new ArrayList<>(rowsOf.size());
    rowsOf.forEach((term, seqs) -> entries.add(entry(term, new Posting(List.copyOf(seqs)))));
    return new IndexStep(head, rows.isEmpty() ? head : rows.get(rows.size() - 1).seq(), entries);
  }

  /** Whether it is about no row. Of rows that are none it has no entries, and passes over them. */
  boolean isEmpty() {
    return last == head;
  }

  private static Entry entry(String term, Posting posting) {
    return new Entry(term, posting.last(), posting.newestFirst().size(), posting.text());
  }
}
