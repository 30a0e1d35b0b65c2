package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The one connection that writes, and what stands behind it. A store that was exchanged behind the
 * connection is never written and never begun anew. For one thread; every method blocks.
 */
public interface WriteConnection {
  /**
   * Begins a transaction that may write, on a connection that is opened if there is none.
   *
   * @param continuity asked whenever a connection is opened
   */
  Connection begin(Continuity continuity) throws SQLException;

  /**
   * Commits. It is durable when this returns; when this throws, it may be or not. The store is then
   * known to be the one that its path names.
   */
  void commit() throws SQLException;

  /** Folds what was written into its final place, if the store has such; for idle moments. */
  void rest() throws SQLException;

  /** Writes something for trial, durably. Throws if the store cannot take the next rows. */
  void tryOut(Continuity continuity) throws SQLException;

  /**
   * Whether others write at the same time. They never do between {@link #begin} and {@link
   * #commit}, and always may between two transactions.
   */
  boolean isShared();

  /** What a failure means, in words for an operator. */
  String explain(SQLException failure);

  /** Closes the connection, and with it a transaction that was begun. Never fails. */
  void discard();
}
