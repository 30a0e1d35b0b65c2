package io.planwarden.idempotency;

import io.planwarden.request.Caller;
import io.planwarden.request.SameContext;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The keys that are kept. A key belongs to its caller, by kind and id: where callers are not told
 * apart, they share their keys, because a request may come again from another address. Thread-safe;
 * does not block, except to sweep.
 */
@Singleton
public class IdempotencyKeys {
  private final Store store;
  private final IdempotencyConfig config;
  private final Clock clock;

  IdempotencyKeys(Store store, IdempotencyConfig config, Clock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** A request under a key; nothing is claimed yet. */
  public KeyUse use(Caller caller, IdempotencyKey key, String fingerprint, String operationId) {
    return new KeyUse(
        this, new KeyTable.Owned(key, caller), new KeyRow(operationId, fingerprint, null));
  }

  /**
   * The ids of the operations that the key stands for, whoever's it is, newest first.
   *
   * @param most at most so many
   */
  public Uni<List<String>> operations(IdempotencyKey key, int most) {
    return read(connection -> KeyTable.operations(connection, key, clock.instant(), most));
  }

  /** The id of the operation that the caller's key stands for, if it stands for one. */
  public Uni<List<String>> operation(IdempotencyKey key, Caller caller) {
    KeyTable.Owned owned = new KeyTable.Owned(key, caller);
    return read(connection -> KeyTable.find(connection, owned, clock.instant()))
        .map(found -> found.stream().map(KeyRow::operationId).toList());
  }

  /**
   * Removes keys that have expired, at most so many; blocks, on the connection that writes.
   *
   * @return how many
   */
  public int sweep(Connection connection, int most) throws SQLException {
    return KeyTable.sweep(connection, clock.instant(), most);
  }

  Instant now() {
    return clock.instant();
  }

  Duration keep() {
    return config.keep();
  }

  /** The result, on the context of the subscriber; fails with {@code audit-unavailable}. */
  <T> Uni<T> read(Store.Work<T> work) {
    return SameContext.ofBlocking(() -> store.read(work));
  }
}
