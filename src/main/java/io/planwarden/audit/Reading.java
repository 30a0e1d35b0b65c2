package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads of the store: each on a worker thread, with a connection that it gives back. */
final class Reading {
  /** What is done with the connection. */
  @FunctionalInterface
  interface Work<T> {
    T read(Connection connection) throws SQLException;
  }

  private Reading() {}

  /** The result, on the context of the subscriber; fails with {@code audit-unavailable}. */
  static <T> Uni<T> of(Store store, Work<T> work) {
    return SameContext.of(
        () ->
            Uni.createFrom()
                .item(() -> now(store, work))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  /** The same on the calling thread. */
  static <T> T now(Store store, Work<T> work) {
    try (Connection connection = store.reader()) {
      return work.read(connection);
    } catch (SQLException e) {
      throw new FacadeException(ErrorCode.AUDIT_UNAVAILABLE, "The audit could not be read.", e);
    }
  }
}
