package io.planwarden.replica;

import io.planwarden.storage.Rider;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Leases in the database that the replicas share. One thread with one connection asks for all that
 * is wanted at the time in one transaction; see {@link Desk}.
 */
public final class SharedLeases implements Leases {
  private final Desk desk;
  private final Membership membership;
  private final Duration memory;
  private final Executor executor;

  /**
   * Joins nothing yet.
   *
   * @param patience how long the database may take to answer
   * @param memory for how long all changes of a target are told to the others
   * @param executor where results come; its threads may block
   */
  public SharedLeases(
      Store store, Membership membership, Duration patience, Duration memory, Executor executor) {
    this.desk = new Desk(store, membership, patience, memory);
    this.membership = membership;
    this.memory = memory;
    this.executor = executor;
  }

  /**
   * Joins the others; blocks until it has.
   *
   * @throws IllegalStateException if it cannot within the time that a replica that is gone is
   *     waited for; the message says why
   */
  public void start() {
    desk.start();
  }

  /** False once nothing asks for leases any more: only a new process does again. */
  public boolean isAlive() {
    return desk.isAlive();
  }

  /** Leaves the others all that is held; blocks. */
  public void stop() throws InterruptedException {
    desk.stop();
  }

  @Override
  public Uni<Lease> take(SortedSet<String> names, Duration wait) {
    return onExecutor(desk.take(names, wait));
  }

  /**
   * The operations on which nobody is at work any more, if this replica is the one to ask. They are
   * given again until they are {@linkplain #attend attended to}.
   */
  public Uni<List<String>> adopt() {
    return onExecutor(desk.adopt());
  }

  /** Says that somebody here is at work on operations that were given. */
  public void attend(Collection<String> operationIds) {
    desk.attend(operationIds);
  }

  private <T> Uni<T> onExecutor(CompletableFuture<T> result) {
    return Uni.createFrom().completionStage(result).emitOn(executor);
  }

  @Override
  public Rider opening(String operationId, Touched touched, Instant heldUntil) {
    return connection -> {
      // Told already now, should this replica not live to say how it ended.
      new TargetTable(connection).open(operationId, membership.id(), touched, heldUntil, memory);
      return true;
    };
  }

  @Override
  public Rider lettingGo(String operationId) {
    return connection -> {
      new TargetTable(connection).letGo(operationId);
      return true;
    };
  }

  @Override
  public Rider touching(String operationId, Touched touched) {
    return connection -> {
      new TargetTable(connection).touch(operationId, touched, memory);
      return true;
    };
  }

  @Override
  public Rider untouched(String operationId, Touched touched) {
    return connection -> {
      new TargetTable(connection).forget(operationId, touched.targets());
      return true;
    };
  }
}
