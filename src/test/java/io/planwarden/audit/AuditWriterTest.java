package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static io.planwarden.audit.WriterFixture.refused;
import static io.planwarden.audit.WriterFixture.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.ulid.UlidFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of appending: order, patience, doubt, tasks. */
class AuditWriterTest extends OnEachStore {
  @Test
  void manyRows_becomeOneChainInTheOrderOfSubmission() {
    List<CompletableFuture<AuditRow>> rows =
        IntStream.range(0, 2_000).mapToObj(i -> audit.writer.submit(intent("op" + i))).toList();

    rows.forEach(WriterFixture::written);

    assertThat(audit.chain()).extracting(AuditRow::operationId).startsWith("op0", "op1", "op2");
    assertThat(audit.chain()).hasSize(2_000).last().isEqualTo(written(rows.get(1_999)));
  }

  @Test
  void operationOfWhichAnAttemptMayLand_staysOpenUntilItsLastNote() {
    audit.append(intent("op1"));
    AuditRow applied = outcome("op1", Outcome.APPLIED);
    audit.append(AuditRowBuilder.builder(applied).mayLandUntil(Instant.EPOCH).build());
    assertThat(audit.open()).containsExactly("op1");

    audit.append(
        AuditRowBuilder.builder(applied).phase(Phase.NOTE).outcome(null).closed(true).build());

    assertThat(audit.open()).isEmpty();
  }

  @Test
  void whatIsOpen_isTheOlderTheEarlierItsIdWasMade() {
    Instant earlier = Instant.parse("2026-11-01T00:00:00Z");
    String older = new UlidFactory().create(earlier.toEpochMilli()).toString();
    String younger = new UlidFactory().create(earlier.plusSeconds(60).toEpochMilli()).toString();
    audit.append(intent(younger));
    audit.append(intent(older));

    awaitOpen(new OpenOperations(2, older));
    assertThat(audit.writer.standing().open().oldest()).isEqualTo(earlier);
    audit.append(outcome(older, Outcome.APPLIED));
    awaitOpen(new OpenOperations(1, younger));
    audit.append(outcome(younger, Outcome.APPLIED));
    awaitOpen(OpenOperations.NONE);
  }

  private void awaitOpen(OpenOperations open) {
    Awaitility.await().until(() -> audit.writer.standing().open().equals(open));
  }

  @Test
  void writerThatHasEnded_isNotAlive() {
    assertThat(audit.writer.isAlive()).isTrue();
    audit.close();
    assertThat(audit.writer.isAlive()).isFalse();
  }

  @Test
  void time_neverGoesBackAlongTheChain() {
    audit.append(intent("op1"));
    audit.close();
    Clock behind = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (var later = new WriterFixture(database, database.writer(), behind, 10)) {
      AuditRow row = later.append(outcome("op1", Outcome.APPLIED));

      assertThat(row.at()).isEqualTo(later.chain().get(0).at());
    }
  }

  @Test
  void commitThatFails_refusesItsRowsForGood() {
    audit.append(intent("op1"));
    store.fault = FaultyStore.Fault.COMMIT_FAILS;
    CompletableFuture<AuditRow> row = audit.writer.submit(outcome("op1", Outcome.APPLIED));
    audit.awaitTrouble("cannot be written");
    store.fault = FaultyStore.Fault.NONE;
    refused(row);
    audit.awaitWritable();

    assertThat(audit.append(outcome("op1", Outcome.APPLIED)).seq()).isEqualTo(2);
    assertThat(audit.chain()).hasSize(2);
    assertThat(audit.open()).isEmpty();
  }

  @Test
  void commitThatSaysItFailedAndDidNot_isTakenAsWritten() {
    audit.append(intent("op1"));
    store.stall();
    CompletableFuture<AuditRow> row = audit.writer.submit(intent("op2"));
    store.stalled.acquireUninterruptibly();
    store.fault = FaultyStore.Fault.COMMIT_FAILS_BUT_IS_DURABLE;
    store.flow();
    // The reading after it fails as well, so that it is in doubt until the end of the fault.
    refused(row);
    store.fault = FaultyStore.Fault.NONE;
    audit.awaitWritable();
    audit.append(intent("op3"));

    assertThat(audit.chain())
        .extracting(AuditRow::operationId)
        .containsExactlyInAnyOrder("op1", "op2", "op2", "op3");
    assertThat(audit.open()).containsExactlyInAnyOrder("op1", "op3");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyStore.Fault.class,
      names = {"COMMIT_FAILS", "COMMIT_FAILS_BUT_IS_DURABLE"})
  void whoeverIsRefused_findsTheTroubleKnown(FaultyStore.Fault fault) {
    store.stall();
    CompletableFuture<Boolean> writable =
        audit
            .writer
            .submit(intent("op1"))
            .handle((row, refusal) -> audit.writer.standing().isWritable());
    store.stalled.acquireUninterruptibly();
    store.fault = fault;
    store.flow();

    assertThat(writable.join()).isFalse();
    store.fault = FaultyStore.Fault.NONE;
    audit.awaitWritable();
  }

  @Test
  void whoeverIsRefused_doesNotWaitForTheLog() {
    try (BlockedLog log = new BlockedLog(AuditWriter.class.getName())) {
      store.fault = FaultyStore.Fault.COMMIT_FAILS;
      CompletableFuture<AuditRow> row = audit.writer.submit(intent("op1"));
      log.awaitBlocked();
      refused(row);
      store.fault = FaultyStore.Fault.NONE;
    }
    audit.awaitWritable();
  }

  @Test
  void onlyTheCommitFails_andTheRowIsThere_isAcknowledged() {
    store.failOnce();

    AuditRow row = audit.append(intent("op1"));

    assertThat(row.seq()).isEqualTo(1);
    assertThat(audit.chain()).containsExactly(row);
    assertThat(audit.writer.standing().isWritable()).isTrue();
  }

  @Test
  void outcomeInDoubt_isAcknowledgedWhenTheStoreTellsThatItIsThere() {
    audit.append(intent("op1"));
    store.stall();
    CompletableFuture<AuditRow> row = audit.writer.submit(outcome("op1", Outcome.APPLIED));
    store.stalled.acquireUninterruptibly();
    store.fault = FaultyStore.Fault.COMMIT_FAILS_BUT_IS_DURABLE;
    store.flow();
    audit.awaitTrouble("cannot be written");
    assertThat(row).isNotDone();

    store.fault = FaultyStore.Fault.NONE;

    assertThat(written(row).seq()).isEqualTo(2);
    assertThat(audit.chain()).hasSize(2);
  }

  @Test
  void patienceThatEnds_refusesWhatWaitsAndClosesTheIntentThatWasBeingWritten() {
    store.stall();
    CompletableFuture<AuditRow> inCommit = audit.writer.submit(intent("op1"));
    store.stalled.acquireUninterruptibly();
    CompletableFuture<AuditRow> waiting = audit.writer.submit(intent("op2"));
    assertThat(audit.writer.standing().isWritable()).isTrue();

    audit.passPatience();

    refused(inCommit);
    refused(waiting);
    assertThat(audit.writer.standing().trouble()).contains("does not come back");
    refused(audit.writer.submit(intent("op3")));
    store.flow();
    audit.awaitWritable();
    audit.append(intent("op4"));
    List<AuditRow> chain = audit.chain();
    assertThat(chain).extracting(AuditRow::operationId).containsExactly("op1", "op1", "op4");
    assertThat(chain.get(1).outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(chain.get(1).detail()).isEqualTo("given up while being written; nothing was sent");
    assertThat(audit.open()).containsExactly("op4");
  }

  @Test
  void logThatBlocks_isTroubleAndClosesTheIntentThatWasDurable() {
    audit.append(intent("op1"));
    CompletableFuture<AuditRow> told;
    try (BlockedLog log = new BlockedLog()) {
      told = audit.writer.submit(outcome("op1", Outcome.APPLIED));
      CompletableFuture<AuditRow> intent = audit.writer.submit(intent("op2"));
      log.awaitBlocked();

      audit.passPatience();

      refused(intent);
      assertThat(told).isNotDone();
      assertThat(audit.writer.standing().isWritable()).isFalse();
      refused(audit.writer.submit(intent("op3")));
    }
    audit.awaitWritable();
    assertThat(written(told).seq()).isEqualTo(2);
    audit.append(intent("op4"));
    assertThat(audit.open()).containsExactly("op4");
  }

  @Test
  void logThatBlocksATask_isTrouble() {
    CompletableFuture<AuditRow> task;
    try (BlockedLog log = new BlockedLog()) {
      task = audit.writer.submit((connection, rows) -> rows.append(intent("op1")));
      log.awaitBlocked();

      audit.passPatience();

      assertThat(audit.writer.standing().isWritable()).isFalse();
    }
    audit.awaitWritable();
    assertThat(written(task).seq()).isEqualTo(1);
  }

  @Test
  void outcomeThatIsBeingWritten_isNotGivenUp() {
    audit.append(intent("op1"));
    store.stall();
    CompletableFuture<AuditRow> row = audit.writer.submit(outcome("op1", Outcome.APPLIED));
    store.stalled.acquireUninterruptibly();
    audit.passPatience();
    assertThat(row).isNotDone();

    store.flow();

    assertThat(written(row).seq()).isEqualTo(2);
  }

  @Test
  void fullQueue_refusesAtOnce() {
    audit.close();
    try (var narrow = new WriterFixture(database, store, Clock.systemUTC(), 2)) {
      store.stall();
      narrow.writer.submit(intent("op1"));
      store.stalled.acquireUninterruptibly();
      narrow.writer.submit(intent("op2"));
      narrow.writer.submit(intent("op3"));

      assertThat(refused(narrow.writer.submit(intent("op4")))).hasMessageContaining("Too many");
      store.flow();
    }
    assertThat(audit.chain()).hasSize(3);
  }

  @Test
  void rowWithoutForm_isRefusedAlone() {
    store.stall();
    audit.writer.submit(intent("op1"));
    store.stalled.acquireUninterruptibly();
    AuditRow good = intent("op3");
    AuditRow bad =
        AuditRowBuilder.builder(good).operationId("op2").target(Map.of("x", new Object())).build();
    CompletableFuture<AuditRow> refused = audit.writer.submit(bad);
    CompletableFuture<AuditRow> kept = audit.writer.submit(good);
    store.flow();

    refused(refused);
    assertThat(written(kept).seq()).isEqualTo(2);
  }

  @Test
  void task_appendsInItsOwnTransaction() throws Exception {
    audit.append(intent("op1"));

    String text =
        audit
            .writer
            .submit(
                (connection, rows) -> {
                  AuditRow row = rows.append(outcome("op1", Outcome.APPLIED));
                  return rows.head() + " " + row.hash();
                })
            .get();

    AuditRow last = audit.chain().get(1);
    assertThat(text).isEqualTo("2:" + last.hash() + " " + last.hash());
    assertThat(audit.open()).isEmpty();
  }

  @Test
  void taskThatThrows_leavesNothingAndTellsWhatItThrew() {
    CompletableFuture<Void> task =
        audit.writer.submit(
            (connection, rows) -> {
              rows.append(intent("op1"));
              throw new IllegalStateException("changed my mind");
            });

    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("changed my mind");
    assertThat(audit.append(intent("op2")).seq()).isEqualTo(1);
    assertThat(audit.writer.standing().isWritable()).isTrue();
  }

  @Test
  void taskThatTheStoreFails_isRefusedAsARowIs() {
    CompletableFuture<Void> task =
        audit.writer.submit(
            (connection, rows) -> {
              rows.append(intent("op1"));
              throw new SQLException("gone");
            });

    assertThat(refused(task)).hasMessageContaining("cannot be written");
    assertThat(audit.append(intent("op2")).seq()).isEqualTo(1);
  }

  @Test
  void stop_writesWhatWaits() {
    List<CompletableFuture<AuditRow>> rows =
        IntStream.range(0, 100).mapToObj(i -> audit.writer.submit(intent("op" + i))).toList();

    audit.close();

    assertThat(rows).allMatch(CompletableFuture::isDone);
    assertThat(audit.chain()).hasSize(100);
    refused(audit.writer.submit(intent("late")));
  }

  @Test
  void patience_isCountedFromTheSubmission() {
    store.stall();
    audit.writer.submit(intent("op1"));
    store.stalled.acquireUninterruptibly();
    CompletableFuture<AuditRow> young = audit.writer.submit(outcome("op1", Outcome.APPLIED));

    audit.writer.endPatience();

    assertThat(young).isNotDone();
    store.flow();
    assertThat(written(young).at()).isAfter(Instant.EPOCH.plus(Duration.ofDays(1)));
  }
}
