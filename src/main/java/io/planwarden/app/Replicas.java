package io.planwarden.app;

import io.planwarden.audit.AuditConfig;
import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.AuditRow;
import io.planwarden.change.ChangeConfig;
import io.planwarden.change.Changes;
import io.planwarden.replica.Leases;
import io.planwarden.replica.Membership;
import io.planwarden.replica.ReplicaConfig;
import io.planwarden.replica.SharedLeases;
import io.planwarden.resilience.RateShare;
import io.planwarden.resilience.Resilience;
import io.planwarden.resilience.ResilienceConfig;
import io.planwarden.resilience.Standing;
import io.planwarden.storage.Store;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** This process among those that share its store; alone where the store is not shared. */
@Singleton
class Replicas {
  private static final Logger LOG = Logger.getLogger(Replicas.class);
  private static final Duration WINDOW = Duration.ofMillis(RateShare.WINDOW_MILLIS);
  private static final int BEATS_THAT_MAY_FAIL = 4;
  private static final Duration ENOUGH = Duration.ofSeconds(5);

  private final Store store;
  private final AuditQuery recorded;
  private final ResilienceConfig upstream;
  private final Instance<Resilience> resilience;
  private final Instance<Changes> changes;
  private final Membership membership;
  private final SharedLeases shared;
  private final Duration staleness;
  private final Clock clock;

  Replicas(
      Store store,
      AuditQuery recorded,
      ReplicaConfig config,
      ResilienceConfig upstream,
      ChangeConfig change,
      AuditConfig audit,
      Instance<Resilience> resilience,
      Instance<Changes> changes,
      Clock clock,
      ScheduledExecutorService timer) {
    this.store = store;
    this.recorded = recorded;
    this.upstream = upstream;
    this.resilience = resilience;
    this.changes = changes;
    this.staleness = change.stalenessWindow();
    this.clock = clock;
    this.membership =
        new Membership(
            config, Math.max(0, upstream.rate()), WINDOW, this::demand, clock, System::nanoTime);
    this.shared = new SharedLeases(store, membership, patience(config, audit), staleness, timer);
  }

  /** Short enough that one answer that does not come is not yet the end of the lease. */
  private static Duration patience(ReplicaConfig config, AuditConfig audit) {
    Duration most = config.lease().dividedBy(BEATS_THAT_MAY_FAIL);
    return most.compareTo(audit.patience()) < 0 ? most : audit.patience();
  }

  @Produces
  @Singleton
  static Leases leases(Store store, Replicas replicas) {
    return store.isShared() ? replicas.shared : Leases.ALONE;
  }

  /** How many calls this process may send to NCP within a window. */
  int permits() {
    return store.isShared() ? membership.permits() : upstream.rate();
  }

  /** How many there are, this one among them. */
  int members() {
    return store.isShared() ? membership.members() : 1;
  }

  /** How often this one was not heard of in time and lost what it held. */
  long losses() {
    return membership.losses();
  }

  /** Since when this one has no lease of any target, and so makes no change; null if it has. */
  @Nullable Instant lostSince() {
    return store.isShared() ? membership.lostSince() : null;
  }

  /** False once nothing here asks for leases any more, although nobody stopped it. */
  boolean isAlive() {
    return shared.isAlive();
  }

  private int demand() {
    Standing standing = resilience.get().standing();
    return standing.waiting() + standing.sentLately();
  }

  /**
   * Joins the others, and takes over what was left open where there are none.
   *
   * @return how many operations were left open and are taken over now
   */
  int join() {
    if (!store.isShared()) {
      // Before the first request: what is open holds its target, and reads may lag behind the rest.
      changes.get().learn(recorded.effectsSince(clock.instant().minus(staleness)));
      List<List<AuditRow>> open = recorded.open();
      changes.get().takeOver(open);
      return open.size();
    }
    try {
      shared.start();
    } catch (IllegalStateException e) {
      throw new StartRefused("This replica cannot join the others: %s.".formatted(e.getMessage()));
    }
    return 0;
  }

  void leave(@Disposes Leases leases) throws InterruptedException {
    if (leases == shared) {
      shared.stop();
    }
  }

  /** Takes over what a replica left open that is no more. */
  @Scheduled(every = "5s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void sweep() {
    if (!store.isShared()) {
      return;
    }
    try {
      List<String> adopted = shared.adopt().await().atMost(ENOUGH);
      List<List<AuditRow>> open = new ArrayList<>();
      for (String operationId : adopted) {
        open.add(recorded.madeOut(operationId).await().atMost(ENOUGH));
      }
      changes.get().takeOver(open);
      shared.attend(adopted);
    } catch (RuntimeException e) {
      LOG.debug("what others left open is not known for now", e);
    }
  }
}
