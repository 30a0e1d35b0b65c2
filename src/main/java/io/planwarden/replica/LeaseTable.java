package io.planwarden.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who has what. A name goes with the replica that has it. */
final class LeaseTable {
  // In one order for all, so that nobody waits for each other.
  private static final String TAKE =
      "INSERT INTO lease SELECT name, ? FROM unnest(?) AS name ORDER BY name"
          + " ON CONFLICT DO NOTHING RETURNING name";
  private static final String GIVE_BACK =
      "DELETE FROM lease WHERE replica_id = ? AND name = ANY (?)";
  private static final String NAMES = "SELECT name FROM lease WHERE replica_id = ?";
  private static final String KEEP = "DELETE FROM lease WHERE replica_id = ? AND name <> ALL (?)";

  private final Connection connection;
  private final String replicaId;

  LeaseTable(Connection connection, String replicaId) {
    this.connection = connection;
    this.replicaId = replicaId;
  }

  /** Those of the names that are ours now and were nobody's before. */
  Set<String> take(Collection<String> names) throws SQLException {
    List<String> taken =
        Statements.select(connection, row -> row.getString(1), TAKE, replicaId, names);
    return new HashSet<>(taken);
  }

  void giveBack(Collection<String> names) throws SQLException {
    Statements.run(connection, GIVE_BACK, replicaId, names);
  }

  /** Whether all of these are still ours: a failover of the database may have lost some. */
  boolean holdsAll(Set<String> names) throws SQLException {
    return new HashSet<>(Statements.select(connection, row -> row.getString(1), NAMES, replicaId))
        .containsAll(names);
  }

  /** Gives back all but these: what was not given back for a failure must not stay ours. */
  void keepOnly(Collection<String> names) throws SQLException {
    Statements.run(connection, KEEP, replicaId, names);
  }
}
