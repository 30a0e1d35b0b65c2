package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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

  /** Both, one after the other; null if there is neither. */
  static @Nullable Rider both(@Nullable Rider first, @Nullable Rider second) {
    if (first == null) {
      return second;
    }
    return second == null
        ? first
        : connection -> first.write(connection) && second.write(connection);
  }
}
