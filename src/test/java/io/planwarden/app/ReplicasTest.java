package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.replica.Leases;
import io.planwarden.replica.SharedLeases;
import io.planwarden.storage.PostgresProfile;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application as the only replica of its database. */
@QuarkusTest
@TestProfile(PostgresProfile.class)
class ReplicasTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Inject Replicas replicas;
  @Inject Leases leases;
  @Inject Scheduler scheduler;

  @BeforeEach
  void sweepNoMore() {
    scheduler.pause();
  }

  @AfterEach
  void sweepAgain() {
    scheduler.resume();
  }

  @Test
  void operationThatASweepHasTakenUp_isNotGivenToTheNext() throws SQLException {
    execute("INSERT INTO open_operation VALUES ('left')");
    try {
      replicas.sweep();

      assertThat(((SharedLeases) leases).adopt().await().atMost(LONG)).isEmpty();
    } finally {
      execute("DELETE FROM open_operation WHERE operation_id = 'left'");
    }
  }

  @Test
  void operationThatCannotBeMadeOut_doesNotKeepTheOthersFromBeingTakenUp() throws SQLException {
    execute("INSERT INTO open_operation VALUES ('spoiled'), ('left')");
    // Before every row, so that the chain of the application has its end.
    execute("INSERT INTO audit VALUES (-1, 'spoiled', 'intent', 'x', '')");
    try {
      replicas.sweep();

      assertThat(((SharedLeases) leases).adopt().await().atMost(LONG)).isEmpty();
    } finally {
      execute("DELETE FROM audit WHERE seq = -1");
      execute("DELETE FROM open_operation WHERE operation_id IN ('spoiled', 'left')");
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(PostgresProfile.url());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
