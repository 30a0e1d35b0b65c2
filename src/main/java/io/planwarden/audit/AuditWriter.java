package io.planwarden.audit;

import io.planwarden.storage.Store;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the audit. Whatever waits when it comes round is committed in one transaction,
 * so that many rows share one fsync.
 */
@Singleton
class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);
  private static final Logger COPY = Logger.getLogger("audit");
  private static final int BATCH = 512;
  private static final String INSERT =
      "INSERT INTO audit (seq, operation_id, phase, row_json, hash) VALUES (?, ?, ?, ?, ?)";

  private static final String OPEN = "INSERT INTO open_operation VALUES (?)";
  private static final String CLOSE = "DELETE FROM open_operation WHERE operation_id = ?";

  private record Waiting(AuditRow row, CompletableFuture<AuditRow> durable) {}

  private record Appended(AuditRow row, String text) {}

  private final Store store;
  private final Clock clock;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "audit-writer");
  private volatile boolean stopping;
  // Read by the writer's thread alone; null when it has to be read from the store again.
  private @Nullable Chain head;

  AuditWriter(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    thread.setDaemon(true);
    thread.start();
  }

  CompletableFuture<AuditRow> submit(AuditRow row) {
    CompletableFuture<AuditRow> durable = new CompletableFuture<>();
    queue.add(new Waiting(row, durable));
    return durable;
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    while (!stopping || !queue.isEmpty()) {
      batch.clear();
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(batch, BATCH - 1);
      write(batch);
    }
  }

  private void write(List<Waiting> batch) {
    List<Appended> appended;
    try {
      appended = commit(batch);
    } catch (SQLException | RuntimeException e) {
      head = null;
      LOG.error("the audit could not be written; changes are refused", e);
      batch.forEach(waiting -> waiting.durable().completeExceptionally(e));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      COPY.info(appended.get(i).text());
      batch.get(i).durable().complete(appended.get(i).row());
    }
  }

  private List<Appended> commit(List<Waiting> batch) throws SQLException {
    try (Connection connection = store.writer()) {
      connection.setAutoCommit(false);
      try {
        Chain end = head == null ? Chain.read(connection) : head;
        List<Appended> appended = new ArrayList<>(batch.size());
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
            PreparedStatement open = connection.prepareStatement(OPEN);
            PreparedStatement close = connection.prepareStatement(CLOSE)) {
          for (Waiting waiting : batch) {
            end = insert(insert, end, waiting.row(), appended);
            track(waiting.row(), open, close);
          }
        }
        connection.commit();
        head = end;
        return appended;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void track(AuditRow row, PreparedStatement open, PreparedStatement close)
      throws SQLException {
    PreparedStatement change = row.phase() == Phase.INTENT ? open : row.ends() ? close : null;
    if (change != null) {
      change.setString(1, row.operationId());
      change.executeUpdate();
    }
  }

  private Chain insert(PreparedStatement insert, Chain end, AuditRow row, List<Appended> appended)
      throws SQLException {
    long seq = end.seq() + 1;
    AuditRow linked = row.linked(seq, clock.instant().truncatedTo(ChronoUnit.MILLIS), end.hash());
    String text = Canonical.text(linked);
    String hash = Canonical.hash(text);
    insert.setLong(1, seq);
    insert.setString(2, row.operationId());
    insert.setString(3, row.phase().word());
    insert.setString(4, text);
    insert.setString(5, hash);
    insert.executeUpdate();
    appended.add(new Appended(linked.hashed(hash), text));
    return new Chain(seq, hash);
  }
}
