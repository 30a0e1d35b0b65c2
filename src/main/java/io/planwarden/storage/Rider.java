package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** What goes with a row into its transaction: both become durable, or neither does. */
@FunctionalInterface
public interface Rider {
  /**
   * Writes on the connection of the transaction, before the row; on the writer's thread, and
   * perhaps more than once. It must not commit, roll back or close.
   *
   * @return false if the row must not be written; what was written here is undone then
   */
  boolean write(Connection connection) throws SQLException;
}
