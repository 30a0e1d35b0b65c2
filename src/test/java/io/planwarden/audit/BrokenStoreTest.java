package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static io.planwarden.audit.WriterFixture.refused;
import static io.planwarden.audit.WriterFixture.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Real faults of a real file. After each the writer recovers by itself, without a gap. */
class BrokenStoreTest {
  @TempDir Path folder;
  private final AtomicReference<SQLiteConfig> settings = new AtomicReference<>();
  private TestDatabase database;
  private WriterFixture audit;

  @BeforeEach
  void start() {
    database = new TestDatabase(folder.resolve("a b.db"));
    audit = new WriterFixture(database, database.writer(settings::set));
    audit.append(intent("op1"));
  }

  @AfterEach
  void stop() {
    audit.close();
  }

  @Test
  void movedFile_isNotBegunAnewAndGoesOnWhereItWas() {
    Path away = database.moveAway("away.db");
    refused(audit.writer.submit(intent("lost")));
    audit.awaitTrouble("is missing: put it back");
    assertThat(database.path()).doesNotExist();

    database.putBack(away);

    goesOn();
  }

  @Test
  void movedFile_isNoticedWithoutAnyChange() {
    Path away = database.moveAway("away.db");
    audit.awaitTrouble("is missing");
    database.putBack(away);
    goesOn();
  }

  @Test
  void olderCopyInItsPlace_isRefusedUntilTheRightFileIsBack() throws Exception {
    database.fold();
    Path older = database.copy("older.db");
    audit.append(intent("op2"));
    Path right = folder.resolve("right.db");
    Files.createLink(right, database.path());

    database.putBack(older);
    refused(audit.writer.submit(intent("lost")));
    audit.awaitTrouble("does not hold the last row that was written, 2:");
    database.putBack(right);

    audit.awaitWritable();
    assertThat(audit.append(intent("op3")).seq()).isEqualTo(3);
    assertThat(audit.chain()).hasSize(3);
  }

  @Test
  void copyThatHoldsAll_isTakenInTheOldOnesPlace() throws Exception {
    database.fold();
    Path whole = database.copy("whole.db");
    Files.delete(database.path());
    refused(audit.writer.submit(intent("lost")));

    database.putBack(whole);

    goesOn();
  }

  @Test
  void emptyFileInItsPlace_isRefused() throws Exception {
    Path away = database.moveAway("away.db");
    Files.createFile(database.path());
    refused(audit.writer.submit(intent("lost")));
    audit.awaitTrouble("The database file");
    assertThat(Files.size(database.path())).isZero();

    database.putBack(away);

    goesOn();
  }

  @Test
  void folderInItsPlace_isRefused() throws Exception {
    Path away = database.moveAway("away.db");
    Files.createDirectory(database.path());
    refused(audit.writer.submit(intent("lost")));
    audit.awaitTrouble("is missing");
    Files.delete(database.path());
    database.putBack(away);
    goesOn();
  }

  @Test
  void truncatedFile_isRefused() {
    database.fold();
    Path whole = database.copy("whole.db");
    audit.awaitWritable();
    database.truncate(4096);
    refused(audit.writer.submit(intent("lost")));
    audit.awaitTrouble("truncated");

    database.putBack(whole);

    goesOn();
  }

  @Test
  void lockedDatabase_refusesUntilTheLockIsGone() throws Exception {
    try (Connection other = database.connect();
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      refused(audit.writer.submit(intent("lost")));
      audit.awaitTrouble("locked by another process");
      statement.execute("ROLLBACK");
    }
    goesOn();
  }

  @Test
  void noRoom_refusesUntilThereIsRoom() {
    audit.close();
    try (var narrow =
        new WriterFixture(
            database,
            database.writer(
                config -> {
                  config.setMaxPageCount(1);
                  settings.set(config);
                }))) {
      int last = 1;
      while (true) {
        try {
          narrow.writer.submit(intent("fill" + last)).join();
          last++;
        } catch (RuntimeException e) {
          break;
        }
      }
      narrow.awaitTrouble("has no room to grow");
      refused(narrow.writer.submit(intent("lost")));

      settings.get().setMaxPageCount(1_000_000);

      narrow.awaitWritable();
      assertThat(narrow.append(intent("op2")).seq()).isEqualTo(last + 1);
      assertThat(narrow.chain()).hasSize(last + 1);
    }
  }

  @Test
  void lastRowTakenAway_isNoticed() {
    database.execute("DELETE FROM audit");

    audit.awaitTrouble("does not hold the last row that was written, 1:");
    refused(audit.writer.submit(intent("op2")));
  }

  @Test
  void outcomeThatIsDurableInAFileThatIsGone_isAcknowledgedWhenItIsBack() {
    FaultyStore store = new FaultyStore(database, database.writer());
    audit.close();
    audit = new WriterFixture(database, store);
    store.stall();
    CompletableFuture<AuditRow> row = audit.writer.submit(outcome("op1", Outcome.APPLIED));
    store.stalled.acquireUninterruptibly();
    Path away = database.moveAway("away.db");
    store.flow();
    audit.awaitTrouble("is missing");
    assertThat(row).isNotDone();

    database.putBack(away);

    assertThat(written(row).seq()).isEqualTo(2);
    assertThat(audit.chain()).hasSize(2);
  }

  private void goesOn() {
    audit.awaitWritable();
    assertThat(audit.append(intent("op2")).seq()).isEqualTo(2);
    assertThat(audit.chain()).hasSize(2);
  }
}
