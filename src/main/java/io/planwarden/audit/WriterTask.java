package io.planwarden.audit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on the connection that writes, between two batches, in a transaction of its own. Changes
 * wait meanwhile: what is long is done in portions, one task each.
 */
@FunctionalInterface
public interface WriterTask<T> {
  /**
   * Runs on the writer's thread. What it returns is told once it is committed; if it throws, the
   * transaction is rolled back and the exception is told. Where the commit itself fails, its work
   * may be durable after all: a task must bear being run again. It must not commit, roll back or
   * close.
   */
  T run(Connection connection, Rows rows) throws Exception;

  /** The chain as the task sees it. */
  interface Rows {
    /** The end of the chain, with the rows that the task has appended. */
    Chain head();

    /** Appends a row in the task's transaction; the result has its place and hash. */
    AuditRow append(AuditRow row) throws SQLException;
  }
}
