package io.planwarden.resilience;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Which key pair attempts are signed with, by number. Of many attempts that fail with the same pair
 * one loads it again; the others see that another is in use by then. Thread-safe.
 */
final class KeyPair {
  private static final Logger LOG = Logger.getLogger(KeyPair.class);

  private final BooleanSupplier reload;
  private final Executor executor;
  private final ResilienceEvents events;
  private final Object lock = new Object();
  private volatile int number;

  /**
   * @param reload whether another pair is in use after it
   * @param executor may block
   */
  KeyPair(BooleanSupplier reload, Executor executor, ResilienceEvents events) {
    this.reload = reload;
    this.executor = executor;
    this.events = events;
  }

  int number() {
    return number;
  }

  /** Whether another pair than this one is in use, if need be after loading it. */
  Uni<Boolean> isAnotherThan(int used) {
    return Uni.createFrom()
        .item(() -> number != used || reloaded(used))
        .runSubscriptionOn(executor)
        .onFailure()
        .invoke(e -> LOG.error("the NCP key pair could not be loaded again", e))
        .onFailure()
        .recoverWithItem(false);
  }

  private boolean reloaded(int used) {
    synchronized (lock) {
      if (number != used) {
        return true;
      }
      boolean changed = reload.getAsBoolean();
      events.credentialsReloaded(changed);
      if (changed) {
        number = used + 1;
      }
      return changed;
    }
  }
}
