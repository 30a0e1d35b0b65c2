package io.planwarden.audit;

import io.planwarden.request.SameContext;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks things up in the audit. Thread-safe; does not block the caller's event loop. */
@Singleton
public class AuditQuery {
  private static final String OF_OPERATION =
      "SELECT row_json, hash FROM audit WHERE operation_id = ? ORDER BY seq";

  private final Store store;

  AuditQuery(Store store) {
    this.store = store;
  }

  /**
   * Rows from the newest to the oldest.
   *
   * @param before only rows with a smaller number
   * @param limit at most so many
   */
  public Uni<List<AuditRow>> newest(long before, int limit) {
    return read(
        () ->
            rows(
                "SELECT row_json, hash FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                before,
                limit));
  }

  /** The operation with this id, if it is recorded. */
  public Uni<Optional<Operation>> operation(String operationId) {
    return read(() -> Operation.fold(rows(OF_OPERATION, operationId)));
  }

  /**
   * The operations that no row has ended, each with its rows, oldest first. Blocks; for the start
   * of the application.
   */
  public List<List<AuditRow>> open() {
    return call(
        () -> {
          List<List<AuditRow>> open = new ArrayList<>();
          try (Connection connection = store.reader();
              PreparedStatement select =
                  connection.prepareStatement("SELECT operation_id FROM open_operation");
              var ids = select.executeQuery()) {
            while (ids.next()) {
              open.add(rows(OF_OPERATION, ids.getString(1)));
            }
          }
          return open;
        });
  }

  private List<AuditRow> rows(String sql, Object... parameters) throws SQLException {
    try (Connection connection = store.reader();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      List<AuditRow> found = new ArrayList<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(Canonical.parse(rows.getString(1), rows.getString(2)));
        }
      }
      return found;
    }
  }

  private static <T> Uni<T> read(Callable<T> query) {
    return SameContext.of(
        () ->
            Uni.createFrom()
                .item(() -> call(query))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  private static <T> T call(Callable<T> query) {
    try {
      return query.call();
    } catch (Exception e) {
      throw new IllegalStateException("the audit could not be read", e);
    }
  }
}
