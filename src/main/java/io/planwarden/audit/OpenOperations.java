package io.planwarden.audit;

import com.github.f4b6a3.ulid.Ulid;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operations that no row has ended yet.
 *
 * @param oldestId of the one that has been open for longest, null if none is
 */
public record OpenOperations(long count, @Nullable String oldestId) {
  static final OpenOperations NONE = new OpenOperations(0, null);

  /** When the one began that has been open for longest, null if none is. */
  public @Nullable Instant oldest() {
    return oldestId != null && Ulid.isValid(oldestId) ? Ulid.getInstant(oldestId) : null;
  }

  /** Those of a store; their ids begin with the time at which they were made. */
  static OpenOperations in(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement("SELECT count(*), min(operation_id) FROM open_operation");
        var row = select.executeQuery()) {
      return row.next() ? new OpenOperations(row.getLong(1), row.getString(2)) : NONE;
    }
  }
}
