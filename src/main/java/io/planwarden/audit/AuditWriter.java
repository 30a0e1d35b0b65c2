package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import io.planwarden.audit.ChainStore.Ended;
import io.planwarden.audit.ChainStore.Fate;
import io.planwarden.storage.Rider;
import io.planwarden.storage.WriteConnection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the audit: a thread that commits in one transaction whatever waits when it
 * comes round, so that many rows share one fsync. While the store cannot be written, what is
 * submitted is refused at once, and the store is tried until it can.
 */
final class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

  private final ChainStore chain;
  private final Intake intake;
  private final AuditConfig config;
  private final LongSupplier nanos;
  private final AuditEvents events;
  private final Thread thread = new Thread(this::run, "audit-writer");
  private volatile OpenOperations open = OpenOperations.NONE;
  // The rest belongs to the writer's thread.
  private final List<AuditRow> closings = new ArrayList<>();
  private final FreshTerms fresh = new FreshTerms();
  private final boolean alone;
  private @Nullable Batch inDoubt;
  private long lastLook;

  AuditWriter(
      WriteConnection store,
      AuditConfig config,
      Clock clock,
      LongSupplier nanos,
      AuditEvents events) {
    this.chain = new ChainStore(store, clock);
    this.intake = new Intake(config, clock, nanos, events, store.isShared());
    this.config = config;
    this.nanos = nanos;
    this.events = events;
    this.alone = !store.isShared();
    thread.setDaemon(true);
  }

  void start() {
    lastLook = nanos.getAsLong() - config.probe().toNanos();
    thread.start();
  }

  /** Ends when what waits is written or refused. */
  void stop() throws InterruptedException {
    intake.close(new TaskEntry<>((connection, rows) -> true, nanos.getAsLong()));
    thread.join();
  }

  CompletableFuture<AuditRow> submit(AuditRow row) {
    return submit(row, null);
  }

  CompletableFuture<AuditRow> submit(AuditRow row, @Nullable Rider rider) {
    Waiting waiting = new Waiting(row, rider, nanos.getAsLong());
    intake.add(waiting);
    return waiting.durable();
  }

  <T> CompletableFuture<T> submit(WriterTask<T> task) {
    TaskEntry<T> entry = new TaskEntry<>(task, nanos.getAsLong());
    intake.add(entry);
    return entry.done();
  }

  /** See {@link Intake#endPatience}. */
  void endPatience() {
    intake.endPatience();
  }

  /** False once the thread has ended, which it does not do by itself before {@link #stop}. */
  boolean isAlive() {
    return thread.isAlive();
  }

  Standing standing() {
    return new Standing(intake.trouble(), intake.troubledSince(), intake.size(), chain.seq(), open);
  }

  private void run() {
    while (!intake.isDrained()) {
      try {
        if (intake.isTroubled()) {
          mend(intake.next(config.retry()));
        } else {
          turn(intake.next(closings.isEmpty() ? config.probe() : Duration.ZERO));
        }
      } catch (RuntimeException e) {
        fail(e);
      }
    }
    if (!intake.isTroubled()) {
      write(List.of());
    }
    chain.discard();
  }

  private void turn(@Nullable Entry entry) {
    if (entry instanceof TaskEntry<?> task) {
      run(task);
    } else {
      write(entry instanceof Waiting first ? intake.batch(first) : List.of());
    }
    if (!intake.isTroubled() && fresh.areEnough()) {
      run(new TaskEntry<>((connection, rows) -> fresh.index(connection), nanos.getAsLong()));
    }
    if (!intake.isTroubled() && isDue(config.probe())) {
      look(entry == null);
    }
  }

  private void mend(@Nullable Entry entry) {
    String words = intake.trouble();
    if (entry != null && words != null) {
      intake.refuse(entry, words);
    }
    if (isDue(config.retry())) {
      recover();
    }
  }

  private boolean isDue(Duration interval) {
    long now = nanos.getAsLong();
    if (now - lastLook < interval.toNanos()) {
      return false;
    }
    lastLook = now;
    return true;
  }

  /** Writes the rows, after those that close what was given up. */
  private void write(List<Waiting> rows) {
    Batch batch = new Batch(nanos.getAsLong(), rows, List.copyOf(closings));
    closings.clear();
    if (batch.isEmpty()) {
      return;
    }
    watched(
        batch,
        () -> {
          Ended ended = chain.transact(batch::append);
          end(batch, ended.fate(), ended.failure());
        });
  }

  /** Until all of it is done, for the log may keep a thread waiting just as the disk. */
  private void watched(Batch batch, Runnable work) {
    intake.committing(batch);
    try {
      work.run();
    } finally {
      intake.committing(null);
    }
  }

  /**
   * Whoever is told that a row was not written finds the trouble known, and does not wait for the
   * log, which hears of it last.
   */
  private void end(Batch batch, Fate fate, @Nullable Exception failure) {
    String why = failure == null ? "" : chain.explain(failure);
    boolean isNews = failure != null && fate != Fate.WRITTEN && intake.troubled(why);
    switch (fate) {
      case WRITTEN -> {
        closings.addAll(batch.written());
        batch.recorded().forEach(events::recorded);
        keep(batch.recorded());
        long now = nanos.getAsLong();
        batch.rows().forEach(row -> events.appended(Duration.ofNanos(now - row.since())));
        if (failure != null) {
          LOG.warn("a commit failed and was found to be durable", failure);
        }
      }
      case LOST -> {
        closings.addAll(batch.closings());
        for (Waiting row : batch.rows()) {
          if (row.lost(Intake.unavailable(why))) {
            events.refused();
          }
        }
      }
      case IN_DOUBT -> {
        inDoubt = batch;
        batch.rows().forEach(row -> intake.giveUp(row, why));
      }
    }
    if (failure != null) {
      events.failed();
    }
    if (isNews) {
      tell(why, failure);
    }
  }

  private void run(TaskEntry<?> task) {
    if (!task.begin()) {
      return;
    }
    Ended ended = chain.transact(task::run);
    Exception failure = ended.failure();
    if (ended.fate() == Fate.WRITTEN) {
      watched(Batch.ofTask(nanos.getAsLong(), ended.rows()), () -> LogCopy.write(ended.rows()));
      keep(ended.rows().stream().map(Appended::row).toList());
      task.committed();
    } else if (failure != null) {
      if (ended.fate() == Fate.IN_DOUBT) {
        inDoubt = Batch.ofTask(nanos.getAsLong(), ended.rows());
        fail(failure);
      }
      task.failed(told(failure));
    }
  }

  /** What a task throws is its submitter's; a failure of the store is told as for rows. */
  private Exception told(Exception failure) {
    if (!(failure instanceof SQLException)) {
      return failure;
    }
    String words = chain.explain(failure);
    LOG.warnf("audit: a task was not done. %s", words);
    LOG.debug("The failure", failure);
    return Intake.notDone(words);
  }

  /** Where others append as well, what is at hand here is not what follows in the index. */
  private void keep(List<AuditRow> rows) {
    if (alone) {
      rows.forEach(fresh::add);
    }
  }

  private void look(boolean idle) {
    try {
      open = chain.look();
      if (idle) {
        chain.rest();
      }
    } catch (SQLException | RuntimeException e) {
      fail(e);
    }
  }

  private void recover() {
    try {
      Batch batch = inDoubt;
      if (batch != null) {
        Fate fate = chain.resolve();
        inDoubt = null;
        end(batch, fate, null);
      }
      chain.tryOut();
      open = chain.look();
      intake.mended();
      LOG.infof("audit head=%d: it can be written again; changes are accepted", chain.seq());
    } catch (SQLException | RuntimeException e) {
      report(e);
    }
  }

  private void fail(Exception failure) {
    events.failed();
    report(failure);
  }

  /** Says what is wrong, each thing once. */
  private void report(Exception failure) {
    String words = chain.explain(failure);
    if (intake.troubled(words)) {
      tell(words, failure);
    }
  }

  private static void tell(String words, @Nullable Exception failure) {
    LOG.errorf(failure, "audit: changes are refused. %s", words);
  }
}
