package io.planwarden.resilience;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Of many attempts that were refused with the same key pair one has it replaced; the others see
 * that another is in use by then. Thread-safe.
 */
final class KeyPair {
  private static final Logger LOG = Logger.getLogger(KeyPair.class);

  private final SigningKeys keys;
  private final Executor executor;
  private final ResilienceEvents events;
  private final Object lock = new Object();

  /**
   * @param executor may block
   */
  KeyPair(SigningKeys keys, Executor executor, ResilienceEvents events) {
    this.keys = keys;
    this.executor = executor;
    this.events = events;
  }

  int number() {
    return keys.number();
  }

  /** Whether another pair than this one is in use, if need be after replacing it. */
  Uni<Boolean> isAnotherThan(int used) {
    return Uni.createFrom()
        .item(() -> number() != used || replaced(used))
        .runSubscriptionOn(executor)
        .onFailure()
        .invoke(e -> LOG.error("the NCP key pair could not be loaded again", e))
        .onFailure()
        .recoverWithItem(false);
  }

  private boolean replaced(int used) {
    synchronized (lock) {
      if (number() != used) {
        return true;
      }
      boolean changed = keys.replace(used);
      events.credentialsReloaded(changed);
      return changed;
    }
  }
}
