package io.planwarden.storage;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The database. One connection of this process writes, a few others read. Every method that uses
 * the database blocks and throws on an event-loop thread.
 */
public interface Store {
  /**
   * Brings the schema up to date and checks whom the store belongs to; to be called once, before
   * any other use.
   *
   * @param mode {@code sandbox} or {@code live}
   * @throws StoreRefused if the store was made for the other mode, or cannot keep what it is given
   */
  void open(String mode);

  /**
   * The connection that writes. There is to be one, for one thread.
   *
   * @param patience how long the caller waits for a row; a statement of a shared store that takes
   *     longer fails
   */
  WriteConnection writer(Duration patience);

  /**
   * A connection that can only read; the caller closes it.
   *
   * @throws StoreTrouble if the path names another database than the one that is written
   */
  Connection reader() throws SQLException;

  /** What is done with a connection that can only read. */
  @FunctionalInterface
  interface Work<T> {
    T read(Connection connection) throws SQLException;
  }

  /**
   * The result of the work, which gets a connection for as long as it lasts.
   *
   * @throws FacadeException with {@code audit-unavailable} if the store cannot be read
   */
  default <T> T read(Work<T> work) {
    try (Connection connection = reader()) {
      return work.read(connection);
    } catch (SQLException e) {
      throw new FacadeException(ErrorCode.AUDIT_UNAVAILABLE, "The store could not be read.", e);
    }
  }

  /** Whether other processes may write to it at the same time. */
  boolean isShared();

  /**
   * A connection that writes beside the audit, in transactions of its own; the caller closes it.
   * Only a store that is shared has such.
   *
   * @param patience how long a statement may take
   */
  Connection aside(Duration patience) throws SQLException;

  /** Gives up what reads; whoever has a connection that writes closes it. */
  default void close() {}
}
