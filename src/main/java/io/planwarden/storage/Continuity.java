package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** Decides whether a store that was opened holds all that was acknowledged before. */
@FunctionalInterface
public interface Continuity {
  /** Reads from the connection; throws, with words for an operator, if something is missing. */
  void check(Connection connection) throws SQLException;
}
