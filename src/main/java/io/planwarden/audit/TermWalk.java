package io.planwarden.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that have all of some terms, newest first, in the index alone: the rarest term is
 * walked, the others are looked up by their key.
 *
 * @param low the smallest number that is wanted
 * @param high all that are wanted are smaller
 */
record TermWalk(List<String> terms, long low, long high) {
  /** How many rows that have the rarest term one page looks at. */
  static final int MOST_ROWS = 2_000;

  /** How often a term is there, as far as it matters for which is rarest. */
  static final String RARE =
      "SELECT sum(amount) FROM (SELECT amount FROM audit_posting"
          + " WHERE term = ? AND last >= ? AND last < ? LIMIT 1000) AS few";

  /** The steps with a term, newest first. */
  static final String WALK =
      "SELECT last, seqs FROM audit_posting WHERE term = ? AND last >= ? AND last < ?"
          + " ORDER BY last DESC";

  /** The only step in which a row can have a term. */
  static final String STEP =
      "SELECT last, seqs FROM audit_posting WHERE term = ? AND last >= ? ORDER BY last LIMIT 1";

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

  /** The next rows; fewer than the limit, with a {@code next}, if the search has gone on long. */
  Found find(Connection connection, int limit, Test test) throws SQLException {
    String rarest = rarest(connection);
    try (PreparedStatement walk = connection.prepareStatement(WALK);
        PreparedStatement step = connection.prepareStatement(STEP)) {
      List<Other> others =
          terms.stream().filter(t -> !t.equals(rarest)).map(t -> new Other(t, step)).toList();
      bind(walk, rarest);
      List<Long> found = new ArrayList<>();
      int looked = 0;
      long last = high;
      try (var steps = walk.executeQuery()) {
        while (steps.next()) {
          for (long seq : Posting.parse(steps.getLong(1), steps.getString(2)).newestFirst()) {
            if (seq < low || seq >= high) {
              continue;
            }
            if (found.size() == limit || looked == MOST_ROWS) {
              return new Found(found, last);
            }
            looked++;
            last = seq;
            if (allHave(others, seq) && test.accepts(seq)) {
              found.add(seq);
            }
          }
        }
      }
      return new Found(found, null);
    }
  }

  private static boolean allHave(List<Other> others, long seq) throws SQLException {
    for (Other other : others) {
      if (!other.has(seq)) {
        return false;
      }
    }
    return true;
  }

  private String rarest(Connection connection) throws SQLException {
    String rarest = terms.get(0);
    long fewest = terms.size() == 1 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < terms.size() && fewest > 0; i++) {
      long count = count(connection, terms.get(i));
      if (count < fewest) {
        fewest = count;
        rarest = terms.get(i);
      }
    }
    return rarest;
  }

  private long count(Connection connection, String term) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RARE)) {
      bind(select, term);
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** The row before the end may be in a step that ends behind it. */
  private void bind(PreparedStatement select, String term) throws SQLException {
    select.setString(1, term);
    select.setLong(2, low);
    select.setLong(3, high > Long.MAX_VALUE - Posting.SPAN ? high : high + Posting.SPAN);
  }

  /** One of the other terms, with the step that was looked at last: neighbours share it. */
  private static final class Other {
    private final String term;
    private final PreparedStatement select;
    private Optional<Posting> step = Optional.empty();

    Other(String term, PreparedStatement select) {
      this.term = term;
      this.select = select;
    }

    boolean has(long seq) throws SQLException {
      if (step.filter(known -> known.reaches(seq)).isEmpty()) {
        step = read(seq);
      }
      return step.filter(known -> known.has(seq)).isPresent();
    }

    private Optional<Posting> read(long seq) throws SQLException {
      select.setString(1, term);
      select.setLong(2, seq);
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(Posting.parse(rows.getLong(1), rows.getString(2)))
            : Optional.empty();
      }
    }
  }
}
