package io.planwarden.audit;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A task on its way to the writer. */
final class TaskEntry<T> implements Entry {
  private final WriterTask<T> task;
  private final long since;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private @Nullable T result;

  TaskEntry(WriterTask<T> task, long since) {
    this.task = task;
    this.since = since;
  }

  CompletableFuture<T> done() {
    return done;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public boolean refuse(RuntimeException why) {
    return begun.compareAndSet(false, true) && done.completeExceptionally(why);
  }

  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  void run(Connection connection, WriterTask.Rows rows) throws Exception {
    result = task.run(connection, rows);
  }

  /** What it did is durable. */
  @SuppressWarnings("NullAway") // a task may return null if its type says so
  void committed() {
    done.complete(result);
  }

  void failed(Throwable why) {
    done.completeExceptionally(why);
  }
}
