package io.planwarden.audit;

import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.planwarden.storage.Rider;
import io.planwarden.storage.Store;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way into the audit. Thread-safe; does not block, except to start and stop. */
@Singleton
public class Audit implements Journal {
  private static final int LOOKS_WITHIN_PATIENCE = 10;

  private final AuditWriter writer;
  private final AuditConfig config;
  private final ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> patience;

  Audit(
      Store store,
      AuditConfig config,
      Clock clock,
      ScheduledExecutorService timer,
      AuditEvents events) {
    this.writer =
        new AuditWriter(store.writer(config.patience()), config, clock, System::nanoTime, events);
    this.config = config;
    this.timer = timer;
  }

  /** Begins to write; to be called once, when the store is open. */
  public void start() {
    writer.start();
    long period = Math.max(1, config.patience().toMillis() / LOOKS_WITHIN_PATIENCE);
    patience =
        timer.scheduleAtFixedRate(writer::endPatience, period, period, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (patience != null) {
      patience.cancel(false);
      writer.stop();
    }
  }

  @Override
  public Uni<AuditRow> append(AuditRow row, @Nullable Rider rider) {
    return told(() -> writer.submit(row, rider));
  }

  @Override
  public Optional<FacadeException> objection() {
    return Optional.ofNullable(writer.standing().trouble()).map(Intake::unavailable);
  }

  /**
   * Runs a task on the writer's thread, between two batches. Fails with what the task throws, or
   * with {@code audit-unavailable}, also where that is the store's failure.
   */
  public <T> Uni<T> onWriter(WriterTask<T> task) {
    return told(() -> writer.submit(task));
  }

  /** False if the writer has ended although nobody stopped it: only a new process writes again. */
  public boolean isAlive() {
    return writer.isAlive();
  }

  /** How the writer does. */
  public Standing standing() {
    return writer.standing();
  }

  private static <T> Uni<T> told(Supplier<CompletableFuture<T>> submitted) {
    return SameContext.of(
        () ->
            Uni.createFrom()
                .completionStage(submitted)
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause));
  }
}
