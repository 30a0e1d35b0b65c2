package io.planwarden.idempotency;

import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** One request's use of a key. Thread-safe. */
public final class KeyUse {
  private final IdempotencyKeys keys;
  private final KeyTable.Owned key;
  private final KeyRow wanted;
  private volatile String superseded;

  KeyUse(IdempotencyKeys keys, KeyTable.Owned key, KeyRow wanted) {
    this.keys = keys;
    this.key = key;
    this.wanted = wanted;
    this.superseded = wanted.operationId();
  }

  /** What the key stands for now; empty if it is free. */
  public Uni<Optional<KeyRow>> find() {
    return keys.read(connection -> KeyTable.find(connection, key, keys.now()));
  }

  /** Whether the key was first sent with the payload of this request. */
  public boolean isOf(KeyRow row) {
    return row.fingerprint().equals(wanted.fingerprint());
  }

  /** Lets the claim take the key from an operation that had no effect. */
  public void supersede(String operationId) {
    superseded = operationId;
  }

  /** Makes the key stand for this request's operation; refuses if it stands for another. */
  public Rider claim() {
    return connection ->
        KeyTable.claim(
            connection, key, wanted, superseded, keys.now(), keys.now().plus(keys.keep()));
  }

  /** Keeps what the operation ended with, for its replay. */
  public Rider conclude(FacadeException problem) {
    String stored = StoredProblem.write(problem);
    return connection -> {
      KeyTable.conclude(connection, key, wanted.operationId(), stored);
      return true;
    };
  }
}
