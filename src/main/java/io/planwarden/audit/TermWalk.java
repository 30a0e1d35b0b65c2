package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that have all of some terms, newest first, in the index alone: the rarest term is
 * walked, the others are looked up by their key.
 */
record TermWalk(List<String> terms, long low, long high) {
  /** How many entries of the index one page looks at. */
  static final int MOST_ENTRIES = 10_000;

  private static final String RARE =
      "SELECT count(*) FROM (SELECT 1 FROM audit_term WHERE term = ? AND seq >= ? AND seq < ?"
          + " LIMIT 1000) AS few";
  private static final String WALK =
      "FROM audit_term AS t WHERE t.term = ? AND t.seq >= ? AND t.seq < ? ORDER BY t.seq DESC";
  private static final String HAS =
      " AND EXISTS (SELECT 1 FROM audit_term AS o WHERE o.term = ? AND o.seq = t.seq)";

  /** A row that could be wanted. */
  @FunctionalInterface
  interface Test {
    boolean accepts(long seq) throws SQLException;
  }

  /**
   * @param seqs numbers of the rows found
   * @param next where to go on, below it; null at the end
   */
  record Found(List<Long> seqs, @Nullable Long next) {}

  /** The statement of a walk with so many terms: for each entry whether it has all of them. */
  static String sql(int terms) {
    return "SELECT t.seq, (1 = 1" + HAS.repeat(terms - 1) + ") " + WALK;
  }

  /** The next rows; fewer than the limit, with a {@code next}, if the search has gone on long. */
  Found find(Connection connection, int limit, Test test) throws SQLException {
    List<String> rarestFirst = rarestFirst(connection);
    List<Long> seqs = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql(terms.size()))) {
      int at = 1;
      for (String other : rarestFirst.subList(1, rarestFirst.size())) {
        select.setString(at++, other);
      }
      select.setString(at++, rarestFirst.get(0));
      select.setLong(at++, low);
      select.setLong(at, high);
      try (var entries = select.executeQuery()) {
        int looked = 0;
        long last = high;
        while (entries.next()) {
          if (seqs.size() == limit || looked == MOST_ENTRIES) {
            return new Found(seqs, last);
          }
          looked++;
          last = entries.getLong(1);
          if (entries.getBoolean(2) && test.accepts(last)) {
            seqs.add(last);
          }
        }
      }
    }
    return new Found(seqs, null);
  }

  private List<String> rarestFirst(Connection connection) throws SQLException {
    if (terms.size() == 1) {
      return terms;
    }
    List<String> sorted = new ArrayList<>(terms);
    int rarest = 0;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < terms.size(); i++) {
      long count = count(connection, terms.get(i));
      if (count < fewest) {
        fewest = count;
        rarest = i;
      }
    }
    sorted.add(0, sorted.remove(rarest));
    return sorted;
  }

  private long count(Connection connection, String term) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RARE)) {
      select.setString(1, term);
      select.setLong(2, low);
      select.setLong(3, high);
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
