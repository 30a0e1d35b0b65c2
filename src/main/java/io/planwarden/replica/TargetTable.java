package io.planwarden.replica;

import io.planwarden.replica.Leases.InFlight;
import io.planwarden.replica.Leases.Touch;
import io.planwarden.replica.Leases.Touched;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is under way on targets and what was done to them, by whichever replica. */
final class TargetTable {
  private static final int PORTION = 500;
  private static final String MILLIS = "(1000 * extract(epoch FROM %s))::bigint";
  // One statement, for each is a round trip that all replicas wait for.
  private static final String OPEN =
      "WITH closed AS (DELETE FROM open_target AS t WHERE t.name = ANY (?) AND NOT EXISTS"
          + " (SELECT 1 FROM open_operation AS o WHERE o.operation_id = t.operation_id)),"
          + " opened AS (INSERT INTO open_target SELECT name, ?, ? FROM unnest(?) AS name),"
          + " owned AS (INSERT INTO operation_owner VALUES (?, ?)), ";
  private static final String LET_GO = "DELETE FROM open_target WHERE operation_id = ?";
  private static final String IN_FLIGHT =
      "SELECT t.operation_id, "
          + MILLIS.formatted("t.held_until - clock_timestamp()")
          + " FROM open_target AS t JOIN open_operation AS o USING (operation_id)"
          + " WHERE t.name = ANY (?) ORDER BY t.held_until DESC LIMIT 1";
  private static final String TOUCH =
      "old AS (DELETE FROM target_change WHERE name = ANY (?) AND operation_id <> ?"
          + " AND changed_at < clock_timestamp() - ? * interval '1 millisecond'"
          + " AND (NOT pictured OR name = ?))"
          + " INSERT INTO target_change (name, operation_id, changed_at, pictured)"
          + " SELECT name, ?, clock_timestamp(), name = ? FROM unnest(?) AS name"
          + " ON CONFLICT (name, operation_id) DO UPDATE SET changed_at = excluded.changed_at";
  private static final String FORGET =
      "DELETE FROM target_change WHERE name = ANY (?) AND operation_id = ?";
  private static final String TOUCHES =
      "SELECT operation_id, "
          + MILLIS.formatted("clock_timestamp() - max(changed_at)")
          + " FROM target_change WHERE name = ANY (?) GROUP BY operation_id"
          + " ORDER BY max(change_id)";
  private static final String FORGET_OWNERS =
      "DELETE FROM operation_owner AS w WHERE NOT EXISTS"
          + " (SELECT 1 FROM open_operation AS o WHERE o.operation_id = w.operation_id)";
  private static final String ADOPT =
      "INSERT INTO operation_owner SELECT o.operation_id, ? FROM open_operation AS o"
          + " LEFT JOIN operation_owner AS w USING (operation_id)"
          + " LEFT JOIN replica AS r ON r.replica_id = w.replica_id WHERE r.replica_id IS NULL"
          + " ON CONFLICT (operation_id) DO UPDATE SET replica_id = excluded.replica_id"
          + " RETURNING operation_id";
  private static final String OWNED =
      "SELECT operation_id FROM operation_owner JOIN open_operation USING (operation_id)"
          + " WHERE replica_id = ? AND operation_id = ANY (?)";

  // What somebody has in hand is left for another time: to wait for it could be a deadlock.
  private static final String FORGET_CLOSED =
      "DELETE FROM open_target WHERE (name, operation_id) IN"
          + " (SELECT t.name, t.operation_id FROM open_target AS t WHERE NOT EXISTS"
          + " (SELECT 1 FROM open_operation AS o WHERE o.operation_id = t.operation_id)"
          + " LIMIT ? FOR UPDATE OF t SKIP LOCKED)";
  private static final String FORGET_OLD =
      "DELETE FROM target_change WHERE (name, operation_id) IN"
          + " (SELECT name, operation_id FROM target_change WHERE NOT pictured"
          + " AND changed_at < clock_timestamp() - ? * interval '1 millisecond'"
          + " LIMIT ? FOR UPDATE SKIP LOCKED)";

  private final Connection connection;

  TargetTable(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes an operation hold what it changes, and tells of it.
   *
   * @param memory see {@link #touch}
   */
  void open(String operationId, String replicaId, Touched what, Instant heldUntil, Duration memory)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    parameters.add(what.targets());
    parameters.add(operationId);
    parameters.add(Timestamp.from(heldUntil));
    parameters.add(what.targets());
    parameters.add(operationId);
    parameters.add(replicaId);
    // It may come to nothing, so what pictured the target until now is kept.
    parameters.addAll(ofTouch(operationId, what, memory, ""));
    Statements.run(connection, OPEN + TOUCH, parameters.toArray());
  }

  /**
   * Writes down that an operation has changed targets now.
   *
   * @param memory how long all changes of a target are kept; the last that pictures it is kept for
   *     ever
   */
  void touch(String operationId, Touched what, Duration memory) throws SQLException {
    Statements.run(
        connection,
        "WITH " + TOUCH,
        ofTouch(operationId, what, memory, name(what.pictured())).toArray());
  }

  /** With the name of which older pictures are of no more use. */
  private static List<Object> ofTouch(
      String operationId, Touched what, Duration memory, String superseded) {
    return List.of(
        what.targets(),
        operationId,
        memory.toMillis(),
        superseded,
        operationId,
        name(what.pictured()),
        what.targets());
  }

  private static String name(@Nullable String pictured) {
    return pictured == null ? "" : pictured;
  }

  /** Takes back that an operation has changed targets. */
  void forget(String operationId, Collection<String> targets) throws SQLException {
    Statements.run(connection, FORGET, targets, operationId);
  }

  void letGo(String operationId) throws SQLException {
    Statements.run(connection, LET_GO, operationId);
  }

  Optional<InFlight> inFlight(Collection<String> targets) throws SQLException {
    return Statements.select(
            connection,
            row -> new InFlight(row.getString(1), Duration.ofMillis(row.getLong(2))),
            IN_FLIGHT,
            targets)
        .stream()
        .findFirst();
  }

  List<Touch> touches(Collection<String> targets) throws SQLException {
    return Statements.select(
        connection,
        row -> new Touch(row.getString(1), Duration.ofMillis(row.getLong(2))),
        TOUCHES,
        targets);
  }

  /** Takes over the open operations on which nobody is at work who is alive. */
  List<String> adopt(String replicaId) throws SQLException {
    Statements.run(connection, FORGET_OWNERS);
    return Statements.select(connection, row -> row.getString(1), ADOPT, replicaId);
  }

  /**
   * Deletes some of what tells nobody anything any more; else only the next change of the same
   * target does. In a transaction of its own, so that nothing is waited for with rows in hand that
   * others want.
   *
   * @param memory see {@link #touch}
   */
  void sweep(Duration memory) throws SQLException {
    Statements.run(connection, FORGET_CLOSED, PORTION);
    Statements.run(connection, FORGET_OLD, memory.toMillis(), PORTION);
  }

  /** Those of them that are open and that a replica is to be at work on. */
  List<String> owned(String replicaId, Collection<String> operationIds) throws SQLException {
    return Statements.select(connection, row -> row.getString(1), OWNED, replicaId, operationIds);
  }
}
