package io.planwarden.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The replicas that are alive, by the database's own clock. Each call within a transaction. */
final class ReplicaTable {
  // One after the other, so that each sees what all have; leases can be taken meanwhile.
  private static final String LOCK = "LOCK TABLE replica IN SHARE ROW EXCLUSIVE MODE";
  private static final String BURY =
      "DELETE FROM replica WHERE alive_until < clock_timestamp() - ? * interval '1 millisecond'";
  private static final String SELECT = "SELECT replica_id, permits, wants FROM replica";
  private static final String INSERT =
      "INSERT INTO replica VALUES (?, clock_timestamp() + ? * interval '1 millisecond', 0, 0)";
  private static final String RENEW =
      "UPDATE replica SET alive_until = clock_timestamp() + ? * interval '1 millisecond',"
          + " permits = ?, wants = ? WHERE replica_id = ?";
  private static final String INHERIT =
      "UPDATE operation_owner SET replica_id = ? WHERE replica_id = ?";

  private final Connection connection;

  ReplicaTable(Connection connection) {
    this.connection = connection;
  }

  /**
   * Keeps all others from coming, going and being counted, and takes those out that were not heard
   * of, with all that they held.
   *
   * @param grace after the end of their time
   */
  List<Shares.Member> counted(Duration grace) throws SQLException {
    Statements.run(connection, LOCK);
    Statements.run(connection, BURY, grace.toMillis());
    return Statements.select(
        connection,
        row -> new Shares.Member(row.getString(1), row.getInt(2), row.getInt(3)),
        SELECT);
  }

  void join(String replicaId, Duration length) throws SQLException {
    Statements.run(connection, INSERT, replicaId, length.toMillis());
  }

  /** What a replica was at work on before it lost its name, unless somebody else took it over. */
  void inherit(String replicaId, String from) throws SQLException {
    Statements.run(connection, INHERIT, replicaId, from);
  }

  void renew(Shares.Member self, Duration length) throws SQLException {
    Statements.run(
        connection, RENEW, length.toMillis(), self.permits(), self.wants(), self.replicaId());
  }

  /** It goes: the others may take it out as soon as what it sent no longer counts. */
  void leave(String replicaId) throws SQLException {
    Statements.run(connection, "DELETE FROM lease WHERE replica_id = ?", replicaId);
    Statements.run(
        connection,
        "UPDATE replica SET alive_until = clock_timestamp() WHERE replica_id = ?",
        replicaId);
  }
}
