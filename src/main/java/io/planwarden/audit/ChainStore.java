package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import io.planwarden.storage.StoreTrouble;
import io.planwarden.storage.WriteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The chain in the store, as the writer's thread sees it. The head moves only when the row is known
 * to be stored. For one thread, except {@link #seq}.
 */
final class ChainStore {
  private static final Logger LOG = Logger.getLogger(ChainStore.class);

  /** What a transaction does. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection, Appender rows) throws Exception;
  }

  /** What became of a transaction. */
  enum Fate {
    /** All of it is durable. */
    WRITTEN,
    /** Nothing of it is, or ever will be. */
    LOST,
    /** Not known yet: {@link #resolve} tells once the store can be read. */
    IN_DOUBT
  }

  /**
   * A transaction that came to its end.
   *
   * @param rows what it appended
   * @param failure why it did not end as it should have
   */
  record Ended(Fate fate, List<Appended> rows, @Nullable Exception failure) {}

  private final WriteConnection store;
  private final Clock clock;
  // The last row known to be stored; null before the first look.
  private volatile @Nullable Chain head;
  // The last row of a transaction of which it is not known whether it was committed.
  private @Nullable Chain doubtful;
  // Whether the head was compared with the store since the connection was opened.
  private boolean compared;
  // Of the connection that is open; null before it was written on.
  private @Nullable RowStatements statements;

  ChainStore(WriteConnection store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Number of the last row, 0 before the first; from any thread. */
  long seq() {
    Chain known = head;
    return known == null ? 0 : known.seq();
  }

  /** Does the work and commits it. Nothing may be in doubt. Never throws. */
  Ended transact(Work work) {
    List<Appended> rows = List.of();
    try {
      Connection connection = store.begin(this::check);
      Appender appender = new Appender(statements(connection), compared(connection), clock);
      work.run(connection, appender);
      rows = appender.appended();
      Chain next = appender.head();
      doubtful = next.equals(head) ? null : next;
      store.commit();
      head = next;
      doubtful = null;
      return new Ended(Fate.WRITTEN, rows, null);
    } catch (Exception e) {
      discard();
      return doubtful == null ? new Ended(Fate.LOST, rows, e) : judged(rows, e);
    }
  }

  private RowStatements statements(Connection connection) throws SQLException {
    RowStatements known = statements;
    if (known == null || !known.areOf(connection)) {
      known = new RowStatements(connection);
      statements = known;
    }
    return known;
  }

  /** After a commit that failed: the store itself says whether it is there. */
  private Ended judged(List<Appended> rows, Exception failure) {
    try {
      return new Ended(resolve(), rows, failure);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      return new Ended(Fate.IN_DOUBT, rows, failure);
    }
  }

  /** Finds out what became of the transaction in doubt; throws if the store cannot tell now. */
  Fate resolve() throws SQLException {
    try {
      Chain sought = Objects.requireNonNull(doubtful);
      Connection connection = store.begin(this::check);
      boolean stored = sought.isIn(connection);
      if (stored) {
        head = sought;
      }
      compared(connection);
      store.commit();
      doubtful = null;
      return stored ? Fate.WRITTEN : Fate.LOST;
    } catch (SQLException | RuntimeException e) {
      discard();
      throw e;
    }
  }

  /**
   * Looks whether the store is there, whole and not locked.
   *
   * @return the operations that are open
   */
  OpenOperations look() throws SQLException {
    try {
      compared = false;
      Connection connection = store.begin(this::check);
      compared(connection);
      OpenOperations open = OpenOperations.in(connection);
      store.commit();
      return open;
    } catch (SQLException | RuntimeException e) {
      discard();
      throw e;
    }
  }

  /** For idle moments. */
  void rest() throws SQLException {
    store.rest();
  }

  /** Throws unless something of a size can be written. */
  void tryOut() throws SQLException {
    try {
      store.tryOut(this::check);
    } catch (SQLException | RuntimeException e) {
      discard();
      throw e;
    }
  }

  void discard() {
    // They are closed with their connection.
    statements = null;
    store.discard();
    compared = false;
  }

  String explain(Exception failure) {
    return failure instanceof SQLException sql ? store.explain(sql) : String.valueOf(failure);
  }

  private void check(Connection connection) throws SQLException {
    Chain known = head;
    if (known != null
        && !known.isIn(connection)
        && !(store.isShared() && known.isArchived(connection))) {
      throw new StoreTrouble(
          "The database does not hold the last row that was written, %s: ".formatted(known)
              + "put back the one that does, or restart to go on with this one.");
    }
  }

  /**
   * The head, after a comparison with the store: one for each connection, and one for each
   * transaction where others append as well.
   */
  private Chain compared(Connection connection) throws SQLException {
    Chain known = head;
    if (known != null && compared && !store.isShared()) {
      return known;
    }
    Chain stored = Chain.read(connection);
    if (!stored.equals(known)) {
      check(connection);
      if (known != null && !store.isShared()) {
        LOG.warnf("rows up to %s were appended to the audit by somebody else", stored);
      }
    }
    head = stored;
    compared = true;
    return stored;
  }
}
