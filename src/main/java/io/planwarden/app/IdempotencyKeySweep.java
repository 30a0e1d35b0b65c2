package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.idempotency.IdempotencyKeys;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Removes Idempotency-Keys that have expired, a few at a time, so that no change waits for it. */
@Singleton
class IdempotencyKeySweep {
  private static final Logger LOG = Logger.getLogger(IdempotencyKeySweep.class);
  private static final int PORTION = 500;

  private final IdempotencyKeys keys;
  private final Audit audit;

  IdempotencyKeySweep(IdempotencyKeys keys, Audit audit) {
    this.keys = keys;
    this.audit = audit;
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return portions()
        .onFailure()
        .invoke(e -> LOG.debug("Idempotency-Keys that have expired stay for now", e))
        .onFailure()
        .recoverWithNull();
  }

  /** A portion after the other, and none within another. */
  private Uni<Void> portions() {
    return audit
        .onWriter((connection, rows) -> keys.sweep(connection, PORTION))
        .repeat()
        .whilst(swept -> swept == PORTION)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
