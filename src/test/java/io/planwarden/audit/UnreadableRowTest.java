package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.TestStore;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that somebody made into none does not keep the others from being read. */
class UnreadableRowTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
  private static final AuditFilter PLAN1 = AuditFilter.ALL.with(Term.PLAN, "plan1");

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private TestStore database;
  private Audit audit;
  private AuditQuery query;

  /** Row 6, of ten of five operations: where halving begins. */
  @BeforeEach
  void start() {
    database = TestStore.Kind.SQLITE.open(folder.resolve("unreadable.db"));
    OneStore store = new OneStore(database);
    audit = store.audit(timer);
    query = new AuditQuery(store, new TermIndex(store, audit));
    for (int i = 1; i <= 5; i++) {
      await(audit.append(intent("op" + i), null));
      await(audit.append(outcome("op" + i, Outcome.APPLIED), null));
    }
    database.execute("DROP TRIGGER audit_no_update");
    spoil(6);
  }

  @AfterEach
  void stop() throws Exception {
    audit.stop(null);
    timer.shutdownNow();
  }

  private void spoil(int seq) {
    database.execute("UPDATE audit SET row_json = 'x' WHERE seq = " + seq);
  }

  @Test
  void list_hasTheOthersAndGoesOn() {
    assertThat(seqs(AuditFilter.ALL, 5)).containsExactly(10L, 9L, 8L, 7L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void times_areFoundPastIt() {
    AuditFilter late = new AuditFilter(List.of(), LATER, null);
    AuditFilter early = new AuditFilter(List.of(), Instant.EPOCH, LATER);

    assertThat(seqs(late, 50)).isEmpty();
    assertThat(seqs(early, 50)).hasSize(9);
  }

  @Test
  void index_takesInTheOthers() {
    assertThat(seqs(PLAN1, 2)).containsExactly(10L, 9L, 8L, 7L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void whoConcludesFromWhatIsNotThere_isNotGivenTheOthers() {
    assertThat(whole(PLAN1, Long.MAX_VALUE)).hasValue(List.of(10L, 9L, 8L, 7L, 5L));
    spoil(9);
    assertThat(whole(PLAN1, Long.MAX_VALUE)).isEmpty();
    assertThat(whole(PLAN1, 9)).hasValue(List.of(8L, 7L, 5L, 4L, 3L));
    assertThat(whole(AuditFilter.ALL, Long.MAX_VALUE)).isEmpty();
  }

  private Optional<List<Long>> whole(AuditFilter filter, long before) {
    return await(query.whole(filter, before, 5))
        .map(page -> page.items().stream().map(AuditRow::seq).toList());
  }

  @Test
  void itsOperation_isAClearFailure_andNoOther() {
    assertThatThrownBy(() -> await(query.operation("op3")))
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
        .hasMessageContainingAll("op3", "verify the audit");
    assertThat(await(query.operation("op2"))).isPresent();
    assertThat(await(query.operations("request", null, Long.MAX_VALUE, 50)).items())
        .extracting(Operation::operationId)
        .containsExactly("op5", "op4", "op2", "op1");
  }

  @Test
  void openOperation_isTakenOverWhateverBecameOfAnother() {
    await(audit.append(intent("op6"), null));
    await(audit.append(intent("op7"), null));
    spoil(11);

    assertThat(query.open())
        .singleElement()
        .satisfies(rows -> assertThat(rows).extracting(AuditRow::operationId).containsOnly("op7"));
    assertThat(await(query.madeOut("op6"))).isEmpty();
    assertThat(await(query.madeOut("op7"))).hasSize(1);
  }

  @Test
  void lastRow_isNamedToTheOperator() {
    spoil(10);

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(audit.standing().trouble())
                    .contains("The last row of the audit, 10, is no row: verify the audit"));
    assertThat(seqs(AuditFilter.ALL, 50)).hasSize(8);
  }

  /** Page by page. */
  private List<Long> seqs(AuditFilter filter, int limit) {
    List<Long> seqs = new ArrayList<>();
    for (Long next = Long.MAX_VALUE; next != null; ) {
      AuditQuery.Page<AuditRow> page = await(query.list(filter, next, limit));
      page.items().forEach(row -> seqs.add(row.seq()));
      next = page.next();
    }
    return seqs;
  }

  private static <T> T await(Uni<T> result) {
    return result.await().atMost(Duration.ofSeconds(20));
  }
}
