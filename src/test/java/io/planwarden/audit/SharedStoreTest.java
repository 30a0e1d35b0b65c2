package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static io.planwarden.audit.WriterFixture.refused;
import static io.planwarden.audit.WriterFixture.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.app.CapturedLog;
import io.planwarden.storage.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers of one chain, and what befalls the server that they share. */
class SharedStoreTest {
  @TempDir Path folder;
  private TestPostgres database;
  private WriterFixture one;
  private WriterFixture two;

  @BeforeEach
  void start() {
    database = new TestPostgres(folder.resolve("shared"));
    one = new WriterFixture(database, database.writer());
    two = new WriterFixture(database, database.writer());
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void rowsOfSeveralWriters_areOneChainAndNoTrouble() {
    try (CapturedLog log = new CapturedLog();
        WriterFixture three = new WriterFixture(database, database.writer())) {
      List<WriterFixture> writers = List.of(one, two, three);
      List<CompletableFuture<AuditRow>> rows = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        rows.add(writers.get(i % 3).writer.submit(intent("op" + i)));
        if (i % 20 == 0) {
          written(rows.get(i));
        }
      }

      rows.forEach(WriterFixture::written);

      assertThat(one.chain()).hasSize(600);
      assertThat(one.open()).hasSize(600);
      assertThat(log.lines()).noneMatch(line -> line.contains("audit"));
    }
  }

  @Test
  void manyRowsOfOneWriter_areCommittedFewAtATime() throws Exception {
    CompletableFuture<AuditRow> last = null;
    try (Connection other = database.freeze()) {
      for (int i = 0; i < 200; i++) {
        last = one.writer.submit(intent("op" + i));
      }
      other.rollback();
    }
    written(last);

    try (Connection connection = database.connect();
        var select = connection.createStatement();
        var rows =
            select.executeQuery("SELECT count(*) FROM audit GROUP BY xmin ORDER BY 1 DESC")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(64);
    }
  }

  @Test
  void lastRowTakenAway_isNoticed_andRefusedUntilTheRestart() {
    one.append(intent("op1"));
    two.append(intent("op2"));
    Awaitility.await().until(() -> one.writer.standing().head() == 2);
    database.execute("DELETE FROM audit WHERE seq = 2");

    one.awaitTrouble("does not hold the last row that was written, 2:");
    two.awaitTrouble("restart to go on with this one");
    refused(one.writer.submit(intent("lost")));

    try (WriterFixture restarted = new WriterFixture(database, database.writer())) {
      assertThat(restarted.append(intent("op3")).seq()).isEqualTo(2);
    }
    // The number is taken again, by another row.
    refused(two.writer.submit(intent("lost")));
  }

  @Test
  void lastRowThatAnotherArchived_isNotMissing() throws Exception {
    one.append(intent("op1"));
    one.append(outcome("op1", Outcome.APPLIED));
    Awaitility.await().until(() -> two.writer.standing().head() == 2);

    one.writer
        .submit(
            (connection, rows) -> {
              rows.append(intent("op2"));
              try (var remove = connection.createStatement()) {
                return remove.executeUpdate("DELETE FROM audit WHERE seq < 3");
              }
            })
        .get();

    assertThat(two.append(intent("op3")).seq()).isEqualTo(4);
    assertThat(one.append(intent("op4")).seq()).isEqualTo(5);
  }

  @Test
  void resolutionOfWhatAnotherHasSettled_isRefused() {
    one.append(intent("op1"));
    AuditRow resolution =
        AuditRowBuilder.builder(outcome("op1", Outcome.APPLIED)).phase(Phase.RESOLUTION).build();
    one.append(resolution);

    assertThatThrownBy(two.writer.submit(resolution)::join).hasCauseInstanceOf(RowRefused.class);
    assertThat(one.chain()).hasSize(2);
  }

  @Test
  void lastNoteOnWhatAnotherHasClosed_isRefused() {
    one.append(intent("op1"));
    AuditRow applied = outcome("op1", Outcome.APPLIED);
    one.append(AuditRowBuilder.builder(applied).mayLandUntil(Instant.EPOCH).build());
    AuditRow note =
        AuditRowBuilder.builder(applied).phase(Phase.NOTE).outcome(null).closed(true).build();
    one.append(note);

    assertThatThrownBy(two.writer.submit(note)::join).hasCauseInstanceOf(RowRefused.class);
    assertThat(one.chain()).hasSize(3);
  }

  @Test
  void writerThatStandsStillWithTheLock_holdsUpTheOthersOnlyForATime() throws Exception {
    one.append(intent("op1"));
    // As a process does that was frozen between two statements.
    try (Connection frozen = database.freeze()) {
      refused(two.writer.submit(intent("lost")));
      two.awaitTrouble("another process holds the audit's lock for too long");

      two.awaitWritable();

      assertThat(two.append(intent("op2")).seq()).isEqualTo(2);
      assertThat(frozen.isValid(1)).isFalse();
    }
  }

  @Test
  void serverThatDoesNotAnswer_refusesUntilItDoes() {
    one.append(intent("op1"));
    database.stopBackends();
    CompletableFuture<AuditRow> row = one.writer.submit(intent("op2"));
    one.awaitTrouble("does not answer");
    refused(row);
    refused(one.writer.submit(intent("lost")));

    database.continueBackends();

    one.awaitWritable();
    one.append(intent("op3"));
    two.awaitWritable();
    two.append(intent("op4"));
    assertThat(one.chain()).extracting(AuditRow::operationId).contains("op1", "op3", "op4");
  }

  @Test
  void databaseThatIsAway_refusesUntilItIsBack() {
    one.append(intent("op1"));
    database.takeAway();
    refused(one.writer.submit(intent("lost")));
    one.awaitTrouble("PostgreSQL database 127.0.0.1");

    database.giveBack();

    one.awaitWritable();
    assertThat(one.append(intent("op2")).seq()).isEqualTo(2);
    assertThat(one.chain()).hasSize(2);
  }

  @Test
  void synchronousCommitSwitchedOff_isRefusedAtTheNextConnection() {
    one.append(intent("op1"));
    database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");

    try (WriterFixture late = new WriterFixture(database, database.writer())) {
      late.awaitTrouble("has synchronous_commit off");
    }
  }

  @Test
  void standbyThatIsNotThere_keepsACommitFromBeingAcknowledged() {
    one.append(intent("op1"));
    try {
      TestPostgres.awaitStandby();
      refused(one.writer.submit(intent("op2")));
      one.awaitTrouble("does not answer");
    } finally {
      TestPostgres.awaitNoStandby();
    }

    one.awaitWritable();
    one.append(intent("op3"));
    assertThat(one.chain())
        .extracting(AuditRow::operationId)
        .containsExactly("op1", "op2", "op2", "op3");
    assertThat(one.chain().get(2).outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  @Test
  void waitForTheStandbyThatIsBrokenOff_isNotTakenForACommit() {
    one.append(intent("op1"));
    try {
      TestPostgres.awaitStandby();
      CompletableFuture<AuditRow> row = one.writer.submit(intent("op2"));
      database.breakOffWait();

      refused(row);
    } finally {
      TestPostgres.awaitNoStandby();
    }
    one.awaitWritable();
    one.append(intent("op3"));
    assertThat(one.open()).containsExactlyInAnyOrder("op1", "op3");
  }

  @Test
  void rows_areNeverUpdated() {
    one.append(intent("op1"));

    assertThatThrownBy(() -> database.execute("UPDATE audit SET hash = ''"))
        .hasRootCauseMessage(
            "ERROR: audit rows are never updated\n"
                + "  Where: PL/pgSQL function audit_is_append_only() line 3 at RAISE");
    assertThatThrownBy(() -> database.execute("TRUNCATE audit"))
        .hasMessageContaining("audit rows are never updated");
  }
}
