package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditArchiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ChainNote.By BY =
      new ChainNote.By(new Caller("operator", "token", false, null, Set.of(), null), null, null);

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private TestStore database;
  private OneStore store;
  private Audit audit;

  @BeforeEach
  void start() {
    database = TestStore.Kind.SQLITE.open(folder.resolve("archive"));
    store = new OneStore(database);
    audit = store.audit(timer);
  }

  @AfterEach
  void stop() throws Exception {
    audit.stop(null);
    timer.shutdownNow();
  }

  @Test
  void callerThatIsGone_doesNotEndIt() {
    append(WriterFixture.intent("op1"));
    AuditRow last = append(WriterFixture.outcome("op1", Outcome.APPLIED));
    append(WriterFixture.intent("op2"));

    new AuditArchive(audit, new ChainReads(store))
        .remove(new Anchor(last.seq(), last.hash()), BY)
        .subscribe()
        .with(done -> {})
        .cancel();

    Awaitility.await().untilAsserted(() -> assertThat(first()).isEqualTo(last.seq() + 1));
  }

  @Test
  void rowsThatAnotherProcessArchivesWhileTheyAreRead_areNotMissed() {
    Anchor through = appendUpTo(ChainPage.SIZE + 2);

    Verification found = archivedAtRead(2, through).verify(through).await().atMost(PATIENCE);

    assertThat(found.findings()).isEmpty();
    assertThat(found.archivedThrough()).isEqualTo(through.seq());
  }

  @Test
  void exportThatAnArchivingOvertakes_doesNotPassForAWholeOne() {
    // The first reading looks where it ends, the second has the first page.
    ChainReads chain = archivedAtRead(3, appendUpTo(ChainPage.SIZE + 2));

    assertThatThrownBy(() -> export(chain))
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE))
        .hasMessageContaining("export again");
  }

  @Test
  void exportOfWhichOnlyWhatWasReadIsArchived_goesOn() {
    ChainReads chain = archivedAtRead(3, appendUpTo(ChainPage.SIZE));

    assertThat(export(chain)).hasSize(2);
  }

  private static List<String> export(ChainReads chain) {
    return chain.export(null, null).collect().asList().await().atMost(PATIENCE);
  }

  /** Appends some rows, and one more. */
  private Anchor appendUpTo(int seq) {
    List<CompletableFuture<AuditRow>> rows = new ArrayList<>();
    for (int i = 0; i <= seq; i++) {
      rows.add(audit.append(WriterFixture.intent("op" + i), null).subscribeAsCompletionStage());
    }
    rows.get(seq).join();
    AuditRow last = rows.get(seq - 1).join();
    return new Anchor(last.seq(), last.hash());
  }

  /** Readings of the chain, at one of which another process has archived rows. */
  private ChainReads archivedAtRead(int number, Anchor through) {
    AtomicInteger reads = new AtomicInteger();
    return new ChainReads(
        new OneStore(database) {
          @Override
          public Connection reader() throws SQLException {
            if (reads.incrementAndGet() == number) {
              archive(through);
            }
            return super.reader();
          }
        });
  }

  @Test
  void verifications_runOneAtATime() {
    append(WriterFixture.intent("op1"));
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> mayRead = new CompletableFuture<>();
    ChainReads chain =
        new ChainReads(
            new OneStore(database) {
              @Override
              public Connection reader() throws SQLException {
                begun.complete(null);
                mayRead.join();
                return super.reader();
              }
            });
    var first = chain.verify(null).subscribe().with(found -> {});
    assertThat(begun).succeedsWithin(PATIENCE);

    assertThatThrownBy(() -> chain.verify(null).await().atMost(PATIENCE))
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_BUSY));
    first.cancel();
    mayRead.complete(null);

    assertThat(chain.verify(null).await().atMost(PATIENCE).verdict())
        .isEqualTo(Verification.Verdict.GOOD);
  }

  @Test
  void rowsOfAnOperationThatIsNotSettled_areNotRemoved() {
    AuditRow first = append(WriterFixture.intent("op1"));
    append(WriterFixture.outcome("op1", Outcome.APPLIED));
    AuditRow open = append(WriterFixture.intent("op2"));
    AuditArchive archive = new AuditArchive(audit, new ChainReads(store));

    assertThatThrownBy(
            () -> archive.remove(new Anchor(open.seq(), open.hash()), BY).await().atMost(PATIENCE))
        .hasMessageContaining("row " + open.seq() + " is not settled")
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_REFUSED));

    assertThat(first()).isEqualTo(first.seq());
  }

  /** As another process does, without asking whether somebody reads. */
  private void archive(Anchor through) {
    audit
        .onWriter(
            (connection, rows) -> {
              rows.append(ChainNote.cut(through, BY));
              try (var remove = connection.createStatement()) {
                return remove.executeUpdate("DELETE FROM audit WHERE seq <= " + through.seq());
              }
            })
        .await()
        .atMost(PATIENCE);
  }

  private AuditRow append(AuditRow row) {
    return audit.append(row, null).await().atMost(PATIENCE);
  }

  private long first() {
    return store.read(
        connection -> {
          try (var select = connection.createStatement();
              var rows = select.executeQuery("SELECT min(seq) FROM audit")) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }
}
