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

  /** The parts that there are. */
  static final String PARTS =
      "SELECT (SELECT min(part) FROM audit_posting), (SELECT max(part) FROM audit_posting)";

  /** How often a term is there in a part. */
  static final String AMOUNT =
      "SELECT sum(amount) FROM audit_posting"
          + " WHERE part = ? AND term = ? AND last >= ? AND last < ?";

  /** The steps with a term in a part, newest first. */
  static final String WALK =
      "SELECT last, seqs FROM audit_posting"
          + " WHERE part = ? AND term = ? AND last >= ? AND last < ? ORDER BY last DESC";

  /** The only step in which a row can have a term. */
  static final String STEP =
      "SELECT last, seqs FROM audit_posting"
          + " WHERE part = ? AND term = ? AND last >= ? ORDER BY last LIMIT 1";

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
    Parts parts = parts(connection);
    String rarest = rarest(connection, parts);
    try (PreparedStatement walk = connection.prepareStatement(WALK);
        PreparedStatement step = connection.prepareStatement(STEP)) {
      List<Other> others =
          terms.stream().filter(t -> !t.equals(rarest)).map(t -> new Other(t, step)).toList();
      Search search = new Search(limit, others, test);
      for (long part = parts.newest(); part >= parts.oldest(); part--) {
        bind(walk, part, rarest);
        try (var steps = walk.executeQuery()) {
          while (steps.next()) {
            if (!search.take(Posting.parse(steps.getLong(1), steps.getString(2)))) {
              return new Found(search.found, search.last);
            }
          }
        }
      }
      return new Found(search.found, null);
    }
  }

  private record Parts(long oldest, long newest) {}

  /** Those that there are, of those that are wanted. */
  private Parts parts(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PARTS);
        var rows = select.executeQuery()) {
      return rows.next() && rows.getObject(1) != null
          ? new Parts(
              Math.max(rows.getLong(1), Posting.part(low)),
              Math.min(rows.getLong(2), Posting.part(high - 1)))
          : new Parts(0, -1);
    }
  }

  /** How far a search is. */
  private final class Search {
    private final int limit;
    private final List<Other> others;
    private final Test test;
    private final List<Long> found = new ArrayList<>();
    private int looked;
    private long last = high;

    Search(int limit, List<Other> others, Test test) {
      this.limit = limit;
      this.others = others;
      this.test = test;
    }

    /** Looks at the rows of a step; false if that was enough. */
    boolean take(Posting posting) throws SQLException {
      for (long seq : posting.newestFirst()) {
        if (seq < low || seq >= high) {
          continue;
        }
        if (found.size() == limit || looked == MOST_ROWS) {
          return false;
        }
        looked++;
        last = seq;
        if (allHave(others, seq) && test.accepts(seq)) {
          found.add(seq);
        }
      }
      return true;
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

  private String rarest(Connection connection, Parts parts) throws SQLException {
    String rarest = terms.get(0);
    long fewest = terms.size() == 1 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < terms.size() && fewest > 0; i++) {
      long count = count(connection, terms.get(i), parts);
      if (count < fewest) {
        fewest = count;
        rarest = terms.get(i);
      }
    }
    return rarest;
  }

  /** As far as it matters for which is rarest. */
  private long count(Connection connection, String term, Parts parts) throws SQLException {
    long count = 0;
    try (PreparedStatement select = connection.prepareStatement(AMOUNT)) {
      for (long part = parts.newest(); part >= parts.oldest() && count < MOST_ROWS; part--) {
        bind(select, part, term);
        try (var rows = select.executeQuery()) {
          count += rows.next() ? rows.getLong(1) : 0;
        }
      }
    }
    return count;
  }

  /** The row before the end may be in a step that ends behind it. */
  private void bind(PreparedStatement select, long part, String term) throws SQLException {
    select.setLong(1, part);
    select.setString(2, term);
    select.setLong(3, low);
    select.setLong(4, high > Long.MAX_VALUE - Posting.SPAN ? high : high + Posting.SPAN);
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
      select.setLong(1, Posting.part(seq));
      select.setString(2, term);
      select.setLong(3, seq);
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(Posting.parse(rows.getLong(1), rows.getString(2)))
            : Optional.empty();
      }
    }
  }
}
