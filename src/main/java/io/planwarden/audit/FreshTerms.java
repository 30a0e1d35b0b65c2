package io.planwarden.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * The terms of the rows that were written last and are not in the index yet: what is at hand need
 * not be read again. Whenever there are enough for a step it is taken in; so the index costs a
 * little all the time instead of much now and then. What is missed here, {@link TermIndex} reads.
 * For the writer's thread.
 */
final class FreshTerms {
  /** Fewer than a step may have: changes wait while it is taken in. */
  static final int STEP = 500;

  private final Deque<RowTerms> rows = new ArrayDeque<>();

  /** Each row that is durable, in the order of the chain. */
  void add(AuditRow row) {
    long seq = Objects.requireNonNull(row.seq());
    if (!rows.isEmpty() && rows.getLast().seq() != seq - 1) {
      // Somebody else appended rows between them; a step must not leave any out.
      rows.clear();
    }
    rows.addLast(new RowTerms(seq, Term.of(row)));
  }

  boolean areEnough() {
    return rows.size() >= STEP;
  }

  /**
   * Takes the oldest into the index, if they are the next there and enough. They are no longer here
   * then, whatever becomes of the transaction.
   *
   * @return the index's end
   */
  long index(Connection connection) throws SQLException {
    long head = TermIndex.head(connection);
    while (!rows.isEmpty() && rows.getFirst().seq() <= head) {
      rows.removeFirst();
    }
    if (!areEnough()) {
      return head;
    }
    long part = Posting.part(rows.getFirst().seq());
    List<RowTerms> oldest = new ArrayList<>(STEP);
    while (oldest.size() < STEP && Posting.part(rows.getFirst().seq()) == part) {
      oldest.add(rows.removeFirst());
    }
    return TermIndex.take(connection, IndexStep.of(oldest.get(0).seq() - 1, oldest));
  }
}
