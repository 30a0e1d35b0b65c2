package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import io.planwarden.storage.Rider;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction. For the writer's thread, except {@link #rows} and {@link #since}.
 */
final class Batch {
  private static final Logger LOG = Logger.getLogger(Batch.class);

  private final long since;
  private final List<Waiting> rows;
  private final List<AuditRow> closings;
  // In the order of the chain: the closings, then the rows that could be appended.
  private List<Appended> appended = List.of();
  private List<Waiting> inChain = List.of();
  private Map<Waiting, RuntimeException> refused = Map.of();

  Batch(long since, List<Waiting> rows, List<AuditRow> closings) {
    this.since = since;
    this.rows = rows;
    this.closings = closings;
  }

  /** What a task appended. */
  static Batch ofTask(long since, List<Appended> rows) {
    Batch batch = new Batch(since, List.of(), List.of());
    batch.appended = rows;
    return batch;
  }

  long since() {
    return since;
  }

  List<Waiting> rows() {
    return rows;
  }

  /** Rows that end intents whose submitters were told that nothing is sent. */
  List<AuditRow> closings() {
    return closings;
  }

  /** The rows that have their place in the chain. */
  List<AuditRow> recorded() {
    return appended.stream().map(Appended::row).toList();
  }

  boolean isEmpty() {
    return rows.isEmpty() && closings.isEmpty();
  }

  void append(Connection connection, Appender appender) throws SQLException {
    for (AuditRow closing : closings) {
      appender.append(closing);
    }
    inChain = new ArrayList<>(rows.size());
    refused = new HashMap<>();
    for (Waiting waiting : rows) {
      RuntimeException obstacle = append(waiting, connection, appender);
      if (obstacle == null) {
        inChain.add(waiting);
      } else {
        refused.put(waiting, obstacle);
      }
    }
    appended = appender.appended();
  }

  /** One row that cannot be written down must not take the others with it. */
  private static @Nullable RuntimeException append(
      Waiting waiting, Connection connection, Appender appender) throws SQLException {
    AuditRow row = waiting.row();
    if (row.needsItOpen() && !appender.isOpen(row)) {
      // Another process that shares the store was quicker.
      return new RowRefused();
    }
    Rider rider = waiting.rider();
    Savepoint start = rider == null ? null : connection.setSavepoint();
    RuntimeException obstacle = null;
    try {
      if (rider == null || rider.write(connection)) {
        appender.append(row);
      } else {
        obstacle = new RowRefused();
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "operation=%s has a row that has no form", row.operationId());
      obstacle = Intake.unavailable("The row has no form.");
    }
    if (start != null && obstacle != null) {
      connection.rollback(start);
    }
    if (start != null) {
      connection.releaseSavepoint(start);
    }
    return obstacle;
  }

  /**
   * All of it is durable: tells the log, then those who wait. What refused a row may be a row of
   * the same transaction, so that is not told before either.
   *
   * @return the rows that close intents whose submitters wait no longer
   */
  List<AuditRow> written() {
    List<AuditRow> toClose = new ArrayList<>();
    LogCopy.write(appended);
    int own = appended.size() - inChain.size();
    for (int i = 0; i < inChain.size(); i++) {
      Waiting waiting = inChain.get(i);
      if (!waiting.written(appended.get(own + i)) && waiting.row().phase() == Phase.INTENT) {
        toClose.add(waiting.row().neverSent());
      }
    }
    refused.forEach(Waiting::lost);
    return toClose;
  }
}
