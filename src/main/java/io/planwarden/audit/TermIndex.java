package io.planwarden.audit;

import io.planwarden.storage.Store;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Fills the index of terms behind the writer. Rows are read and taken apart beside it; on its
 * thread a step only inserts what is sorted already, between two batches.
 */
@Singleton
class TermIndex {
  /** Rows of a step. */
  static final int STEP = 1_000;

  private static final Logger LOG = Logger.getLogger(TermIndex.class);
  private static final String HEAD = "SELECT seq FROM audit_term_head";
  private static final String ADVANCE = "UPDATE audit_term_head SET seq = ?";
  private static final String ROWS =
      "SELECT seq, row_json FROM audit WHERE seq > ? ORDER BY seq LIMIT ?";
  private static final String INSERT =
      "INSERT INTO audit_term (term, seq) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String DELETE = "DELETE FROM audit_term WHERE term = ? AND seq = ?";

  private record Entry(String term, long seq) {}

  /** The terms of the rows after {@code head} up to {@code last}, sorted. */
  private record Step(long head, long last, List<Entry> entries) {}

  private final Store store;
  private final Audit audit;

  TermIndex(Store store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Keeps the index near the end of the audit, so that a query has little to catch up with. */
  @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> keepUp() {
    return catchUp()
        .onFailure()
        .invoke(e -> LOG.debug("the index of the audit stays behind", e))
        .onFailure()
        .recoverWithNull();
  }

  /** Completes when every row is in the index that is in the audit now. */
  Uni<Void> catchUp() {
    return Reading.of(store, Chain::read).chain(end -> upTo(end.seq()));
  }

  private Uni<Void> upTo(long target) {
    return Reading.of(store, TermIndex::next)
        .chain(
            step ->
                step.entries().isEmpty()
                    ? Uni.createFrom().item(Long.MAX_VALUE)
                    : audit.onWriter((connection, rows) -> take(connection, step)))
        .chain(head -> head >= target ? Uni.createFrom().voidItem() : upTo(target));
  }

  private static long head(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(HEAD);
        var rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static Step next(Connection connection) throws SQLException {
    long head = head(connection);
    long last = head;
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      select.setLong(1, head);
      select.setInt(2, STEP);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          last = rows.getLong(1);
          long seq = last;
          Term.inRow(rows.getString(2)).forEach(term -> entries.add(new Entry(term, seq)));
        }
      }
    }
    // In the order of the primary key: neighbours share a page.
    entries.sort(Comparator.comparing(Entry::term).thenComparingLong(Entry::seq));
    return new Step(head, last, entries);
  }

  /** Inserts the step, unless another was quicker; the result is the index's new end. */
  private static long take(Connection connection, Step step) throws SQLException {
    long head = head(connection);
    if (head != step.head()) {
      return head;
    }
    write(connection, INSERT, step.entries());
    try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      advance.setLong(1, step.last());
      advance.executeUpdate();
    }
    return step.last();
  }

  /** Takes a row out, in the transaction that removes it. */
  static void forget(Connection connection, long seq, String text) throws SQLException {
    write(connection, DELETE, Term.inRow(text).stream().map(term -> new Entry(term, seq)).toList());
  }

  private static void write(Connection connection, String sql, List<Entry> entries)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Entry entry : entries) {
        statement.setString(1, entry.term());
        statement.setLong(2, entry.seq());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
