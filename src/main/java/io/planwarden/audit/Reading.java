package io.planwarden.audit;

import io.planwarden.request.SameContext;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;

/** Reads of the store that do not block who asks for them. */
final class Reading {
  private Reading() {}

  /** The result, on the context of the subscriber; fails with {@code audit-unavailable}. */
  static <T> Uni<T> of(Store store, Store.Work<T> work) {
    return SameContext.ofBlocking(() -> store.read(work));
  }
}
