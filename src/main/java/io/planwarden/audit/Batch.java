package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

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

  boolean isEmpty() {
    return rows.isEmpty() && closings.isEmpty();
  }

  void append(Appender appender) throws SQLException {
    for (AuditRow closing : closings) {
      appender.append(closing);
    }
    List<Waiting> kept = new ArrayList<>(rows.size());
    for (Waiting waiting : rows) {
      try {
        appender.append(waiting.row());
        kept.add(waiting);
      } catch (RuntimeException e) {
        // One row that cannot be written down must not take the others with it.
        LOG.errorf(e, "operation=%s has a row that has no form", waiting.row().operationId());
        waiting.lost(Intake.unavailable("The row has no form."));
      }
    }
    appended = appender.appended();
    inChain = kept;
  }

  /**
   * All of it is durable: tells the log, then those who wait.
   *
   * @return the rows that close intents whose submitters wait no longer
   */
  List<AuditRow> written() {
    List<AuditRow> toClose = new ArrayList<>();
    appended.forEach(row -> LogCopy.write(row.text(), row.row()));
    int own = appended.size() - inChain.size();
    for (int i = 0; i < inChain.size(); i++) {
      Waiting waiting = inChain.get(i);
      if (!waiting.written(appended.get(own + i)) && waiting.row().phase() == Phase.INTENT) {
        toClose.add(waiting.row().neverSent());
      }
    }
    return toClose;
  }
}
