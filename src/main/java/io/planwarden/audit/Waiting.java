package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import io.planwarden.storage.Rider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way to the disk. Whoever moves it on does so by one compare-and-set, so that a row
 * that was refused is never written, and one that was written is never refused. Thread-safe.
 */
final class Waiting implements Entry {
  private enum Point {
    /** In the queue. */
    QUEUED,
    /** Part of a transaction. */
    TAKEN,
    /** Part of a transaction, and the submitter waits no longer. */
    GIVEN_UP,
    /** Durable, or certain never to be. */
    ENDED
  }

  private final AuditRow row;
  private final @Nullable Rider rider;
  private final long since;
  private final CompletableFuture<AuditRow> durable = new CompletableFuture<>();
  private final AtomicReference<Point> point = new AtomicReference<>(Point.QUEUED);

  Waiting(AuditRow row, @Nullable Rider rider, long since) {
    this.row = row;
    this.rider = rider;
    this.since = since;
  }

  AuditRow row() {
    return row;
  }

  /** What goes with the row into its transaction, null if nothing does. */
  @Nullable Rider rider() {
    return rider;
  }

  CompletableFuture<AuditRow> durable() {
    return durable;
  }

  @Override
  public long since() {
    return since;
  }

  /** Claims the row for a transaction; false if it was refused. */
  boolean take() {
    return point.compareAndSet(Point.QUEUED, Point.TAKEN);
  }

  /** Refuses a row that is in no transaction; false if it is, or was refused before. */
  @Override
  public boolean refuse(RuntimeException why) {
    return point.compareAndSet(Point.QUEUED, Point.ENDED) && durable.completeExceptionally(why);
  }

  /**
   * Tells the submitter to wait no longer, although the row may still become durable. What tells of
   * an effect is not given up: its submitter would append it once more.
   */
  boolean giveUp(RuntimeException why) {
    return !row.tellsOfAnEffect()
        && point.compareAndSet(Point.TAKEN, Point.GIVEN_UP)
        && durable.completeExceptionally(why);
  }

  /** The row is durable; false if its submitter was told otherwise. */
  boolean written(Appended appended) {
    return point.getAndSet(Point.ENDED) == Point.TAKEN && durable.complete(appended.row());
  }

  /** The row is certain not to be durable. */
  boolean lost(RuntimeException why) {
    return point.getAndSet(Point.ENDED) == Point.TAKEN && durable.completeExceptionally(why);
  }
}
