package io.planwarden.app;

import io.planwarden.audit.AuditQuery;
import io.planwarden.change.Changes;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Store;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Takes over, where several processes share a store, what one of them left open. */
@Singleton
class AbandonedSweep {
  private static final Logger LOG = Logger.getLogger(AbandonedSweep.class);

  private final Store store;
  private final AuditQuery recorded;
  private final Instance<Changes> changes;

  AbandonedSweep(Store store, AuditQuery recorded, Instance<Changes> changes) {
    this.store = store;
    this.recorded = recorded;
    this.changes = changes;
  }

  @Scheduled(every = "10s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void sweep() {
    if (!store.isShared()) {
      return;
    }
    try {
      changes.get().takeOverAbandoned(recorded.open());
    } catch (FacadeException e) {
      LOG.debug("what others left open is not known for now", e);
    }
  }
}
