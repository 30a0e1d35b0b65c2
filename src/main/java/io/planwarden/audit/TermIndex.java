package io.planwarden.audit;

import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.planwarden.request.UnderWay;
import io.planwarden.storage.Store;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Fills the index of terms behind the writer, as far as {@link FreshTerms} has not. Rows are read
 * and taken apart beside it; on its thread a step only inserts what is sorted already, between two
 * batches.
 */
@Singleton
class TermIndex {
  private static final Logger LOG = Logger.getLogger(TermIndex.class);
  private static final String HEAD = "SELECT seq FROM audit_term_head";
  private static final String ADVANCE = "UPDATE audit_term_head SET seq = ?";
  private static final String ROWS =
      "SELECT seq, row_json FROM audit WHERE seq > ? ORDER BY seq LIMIT ?";
  private static final String INSERT =
      "INSERT INTO audit_posting (part, term, last, amount, seqs) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String DELETE =
      "DELETE FROM audit_posting WHERE part = ? AND term = ? AND last <= ?";

  private final Store store;
  private final Audit audit;

  /** However many wait for the index, one reads. */
  private final UnderWay<Long> step = new UnderWay<>();

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

  /**
   * Completes when every row is in the index that is in the audit now. Fails if some are not while
   * the writer stands still: a step that waits for it may wait without end.
   */
  Uni<Void> catchUp() {
    return SameContext.of(
        () ->
            Reading.of(store, TermIndex::missing)
                .chain(
                    last ->
                        last.isEmpty() ? Uni.createFrom().voidItem() : filled(last.getAsLong())));
  }

  private Uni<Void> filled(long target) {
    Optional<FacadeException> objection = audit.objection();
    return objection.isPresent()
        ? Uni.createFrom().failure(objection.get())
        // What is under way may have looked before the last rows were there.
        : step.end().chain(() -> upTo(target));
  }

  /**
   * One step after the other, and none within another: after an upgrade that has the index built
   * anew there are thousands, and each would keep what it has read until the last has ended.
   */
  private Uni<Void> upTo(long target) {
    return Uni.createFrom()
        .deferred(() -> step.or(this::advance))
        .repeat()
        .whilst(head -> head < target)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** The end of the index after the next step; far beyond every row if there is none. */
  private Uni<Long> advance() {
    return Reading.of(store, TermIndex::next)
        .chain(
            step ->
                step.isEmpty()
                    ? Uni.createFrom().item(Long.MAX_VALUE)
                    : audit.onWriter((connection, rows) -> take(connection, step)));
  }

  /** The last row that is in the index. */
  static long head(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(HEAD);
        var rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The last row, unless the index goes as far. */
  private static OptionalLong missing(Connection connection) throws SQLException {
    long last = SeqRange.last(connection);
    return head(connection) < last ? OptionalLong.of(last) : OptionalLong.empty();
  }

  private static IndexStep next(Connection connection) throws SQLException {
    long head = head(connection);
    List<RowTerms> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      select.setLong(1, head);
      select.setInt(2, Posting.SPAN);
      try (var rows = select.executeQuery()) {
        while (rows.next() && isOfPart(found, rows.getLong(1))) {
          found.add(new RowTerms(rows.getLong(1), Term.inRow(rows.getString(2))));
        }
      }
    }
    return IndexStep.of(head, found);
  }

  private static boolean isOfPart(List<RowTerms> found, long seq) {
    return found.isEmpty() || Posting.part(found.get(0).seq()) == Posting.part(seq);
  }

  /** Inserts the step, unless another was quicker; the result is the index's new end. */
  static long take(Connection connection, IndexStep step) throws SQLException {
    long head = head(connection);
    if (head != step.head()) {
      return head;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (IndexStep.Entry entry : step.entries()) {
        insert.setLong(1, Posting.part(entry.last()));
        insert.setString(2, entry.term());
        insert.setLong(3, entry.last());
        insert.setInt(4, entry.amount());
        insert.setString(5, entry.seqs());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      advance.setLong(1, step.last());
      advance.executeUpdate();
    }
    return step.last();
  }

  /**
   * Takes out rows that have these terms, in the transaction that removes them. What shares a step
   * with later rows stays, and is passed over by whoever looks.
   *
   * @param from the first of the rows, fewer than a part before the last
   */
  static void forget(Connection connection, Set<String> terms, long from, long through)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      for (long part = Posting.part(from); part <= Posting.part(through); part++) {
        for (String term : terms) {
          delete.setLong(1, part);
          delete.setString(2, term);
          delete.setLong(3, through);
          delete.addBatch();
        }
      }
      delete.executeBatch();
    }
  }
}
