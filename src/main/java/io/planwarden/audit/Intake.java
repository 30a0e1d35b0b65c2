package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer, and for how long. While there is trouble, what comes is refused at
 * once. Thread-safe; what takes from the queue is for the writer's thread.
 */
final class Intake {
  private static final int BATCH = 512;
  // Each row is round trips, for all of which the other processes wait, and not for ever.
  private static final int SHARED_BATCH = 64;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private record Trouble(String words, Instant since) {}

  private final AuditConfig config;
  private final Clock clock;
  private final LongSupplier nanos;
  private final AuditEvents events;
  private final BlockingQueue<Entry> queue;
  private final int most;
  private volatile boolean closed;
  private volatile @Nullable Trouble trouble;
  private volatile @Nullable Batch inCommit;

  /**
   * Takes in nothing yet.
   *
   * @param shared whether other processes write to the same store
   */
  Intake(AuditConfig config, Clock clock, LongSupplier nanos, AuditEvents events, boolean shared) {
    this.config = config;
    this.clock = clock;
    this.nanos = nanos;
    this.events = events;
    this.queue = new LinkedBlockingQueue<>(config.queue());
    this.most = shared ? SHARED_BATCH : BATCH;
  }

  static FacadeException unavailable(String why) {
    return new FacadeException(
            ErrorCode.AUDIT_UNAVAILABLE, "The audit could not be written; nothing was sent. " + why)
        .retryAfter(TRY_AGAIN);
  }

  /** For what is no row: a part of it may have been done before. */
  static FacadeException notDone(String why) {
    return new FacadeException(
            ErrorCode.AUDIT_UNAVAILABLE, "It was not done, or not to its end. " + why)
        .retryAfter(TRY_AGAIN);
  }

  void add(Entry entry) {
    String words = trouble();
    if (words != null) {
      refuse(entry, words);
    } else if (closed) {
      refuse(entry, "Planwarden is stopping.");
    } else if (!queue.offer(entry)) {
      refuse(entry, "Too many rows wait to be written.");
    }
  }

  void refuse(Entry entry, String why) {
    if (entry.refuse(unavailable(why))) {
      events.refused();
    }
  }

  /** No more is let in, but for this, which wakes the writer. */
  void close(Entry last) {
    closed = true;
    queue.offer(last);
  }

  boolean isDrained() {
    return closed && queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  /** The next that waits, null if none comes within the time. */
  @Nullable Entry next(Duration wait) {
    try {
      return queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }

  /** The rows that share a transaction with the first, claimed for it. */
  List<Waiting> batch(Waiting first) {
    // Who is ready to add a row does so first: the more there are, the more share the fsync.
    Thread.yield();
    List<Waiting> batch = new ArrayList<>();
    for (Entry next = first; next instanceof Waiting waiting; next = queue.poll()) {
      if (waiting.take()) {
        batch.add(waiting);
      }
      if (batch.size() == most || !(queue.peek() instanceof Waiting)) {
        break;
      }
    }
    return batch;
  }

  /** The rows that are being committed and copied to the log; null when none are. */
  void committing(@Nullable Batch batch) {
    inCommit = batch;
  }

  /**
   * Refuses what has waited for too long; to be called several times within the patience. What is
   * in no transaction yet is taken out for good; what is, is only no longer waited for.
   */
  void endPatience() {
    long patience = config.patience().toNanos();
    long now = nanos.getAsLong();
    for (Entry entry : queue) {
      if (now - entry.since() < patience) {
        break;
      }
      if (entry instanceof Waiting) {
        refuse(entry, "The audit was busy for too long.");
      }
    }
    Batch batch = inCommit;
    if (batch != null) {
      batch.rows().stream().filter(w -> now - w.since() >= patience).forEach(this::giveUp);
    }
  }

  private void giveUp(Waiting waiting) {
    giveUp(waiting, "The disk or the log is slow.");
  }

  /** Tells a submitter to wait no longer for a row that may become durable. */
  void giveUp(Waiting waiting, String why) {
    if (waiting.giveUp(unavailable(why))) {
      events.refused();
    }
  }

  /** Why nothing can be written, null if it can. */
  @Nullable String trouble() {
    Trouble known = trouble;
    if (known != null) {
      return known.words();
    }
    Batch batch = inCommit;
    return batch != null && nanos.getAsLong() - batch.since() > config.patience().toNanos()
        ? "A write does not come back from the disk, or its copy not from the log."
        : null;
  }

  @Nullable Instant troubledSince() {
    Trouble known = trouble;
    return known == null ? null : known.since();
  }

  /** Whether the store is known not to take anything. */
  boolean isTroubled() {
    return trouble != null;
  }

  /**
   * Lets nothing in from now on, and refuses what waits.
   *
   * @return whether these words are new
   */
  boolean troubled(String words) {
    Trouble known = trouble;
    boolean isNews = known == null || !known.words().equals(words);
    if (isNews) {
      trouble = new Trouble(words, known == null ? clock.instant() : known.since());
    }
    for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
      refuse(entry, words);
    }
    return isNews;
  }

  void mended() {
    trouble = null;
  }
}
