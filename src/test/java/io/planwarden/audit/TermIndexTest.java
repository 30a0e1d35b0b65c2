package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.audit.AuditQuery.Page;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the index gets what was written before it. */
class TermIndexTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void manySteps_doNotLieWithinEachOther() throws Exception {
    // Each would keep its rows until the last has ended, and then all of them end on one stack.
    int few = depthAtTheEndOf(4);

    assertThat(depthAtTheEndOf(64)).isLessThan(few + 32);
  }

  @Test
  void stepOfWhatIsNoRow_isPassed() throws Exception {
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("none"));
    long last = Posting.PART + 1L;
    try (Connection connection = database.connect()) {
      insert(connection, 1, "x");
      insert(connection, last);
    }
    OneStore store = new OneStore(database);
    Audit audit = store.audit(timer);
    try {
      new TermIndex(store, audit).catchUp().await().atMost(Duration.ofSeconds(30));

      try (Connection connection = database.connect()) {
        assertThat(TermIndex.head(connection)).isEqualTo(last);
      }
    } finally {
      audit.stop(null);
    }
  }

  @Test
  void manyThatWaitForTheIndex_haveItFilledOnce() throws Exception {
    int steps = 40;
    int requests = 50;
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("many"));
    try (Connection connection = database.connect()) {
      for (int i = 0; i < steps; i++) {
        insert(connection, (long) i * Posting.PART + 1);
      }
    }
    AtomicInteger reads = new AtomicInteger();
    OneStore store =
        new OneStore(database) {
          @Override
          public Connection reader() throws SQLException {
            reads.incrementAndGet();
            return super.reader();
          }
        };
    Audit audit = store.audit(timer);
    try {
      AuditQuery query = new AuditQuery(store, new TermIndex(store, audit));
      AuditFilter filter = AuditFilter.ALL.with(Term.PLAN, "plan1");
      List<CompletableFuture<Page<AuditRow>>> lists =
          Stream.generate(
                  () -> query.list(filter, Long.MAX_VALUE, 200).subscribeAsCompletionStage())
              .limit(requests)
              .toList();

      for (CompletableFuture<Page<AuditRow>> list : lists) {
        assertThat(list.get(30, TimeUnit.SECONDS).items()).hasSize(steps);
      }
      // Each asks for the end, reads its rows, and may look for another step in vain.
      assertThat(reads).hasValueLessThan(3 * requests + 2 * steps);
    } finally {
      audit.stop(null);
    }
  }

  @Test
  void listThatNeedsTheWriter_doesNotWaitForOneThatStandsStill() throws Exception {
    OneStore store = new OneStore(TestStore.Kind.SQLITE.open(folder.resolve("still")));
    Audit audit = store.audit(timer, new WriterFixture.Quick(4096, Duration.ofSeconds(1)));
    TermIndex index = new TermIndex(store, audit);
    try {
      try (BlockedLog log = new BlockedLog()) {
        audit.append(WriterFixture.intent("op1"), null).subscribe().with(done -> {}, failure -> {});
        log.awaitBlocked();
        // Within the patience it is let in; its step waits behind the log.
        index.catchUp().subscribe().with(done -> {}, failure -> {});
        Awaitility.await().until(() -> audit.objection().isPresent());

        assertThatThrownBy(() -> listOfPlan1(store, index))
            .isInstanceOfSatisfying(
                FacadeException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE));
      }
      Awaitility.await().until(() -> audit.objection().isEmpty());
      // If it was given up meanwhile, a row that closes it follows.
      assertThat(listOfPlan1(store, index)).extracting(AuditRow::operationId).containsOnly("op1");
    } finally {
      audit.stop(null);
    }
  }

  @Test
  void listOfWhatIsInTheIndex_needsNoWriter() throws Exception {
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("locked"));
    OneStore store = new OneStore(database);
    Audit audit = store.audit(timer);
    TermIndex index = new TermIndex(store, audit);
    try {
      audit.append(WriterFixture.intent("op1"), null).await().atMost(PATIENCE);
      index.catchUp().await().atMost(PATIENCE);
      try (AutoCloseable lock = database.lock()) {
        audit.append(WriterFixture.intent("op2"), null).subscribe().with(done -> {}, failure -> {});
        Awaitility.await().until(() -> audit.objection().isPresent());

        assertThat(listOfPlan1(store, index)).hasSize(1);
      }
    } finally {
      audit.stop(null);
    }
  }

  private static List<AuditRow> listOfPlan1(OneStore store, TermIndex index) {
    AuditFilter filter = AuditFilter.ALL.with(Term.PLAN, "plan1");
    return new AuditQuery(store, index)
        .list(filter, Long.MAX_VALUE, 200)
        .await()
        .atMost(PATIENCE)
        .items();
  }

  /** How many calls lie within each other when that many steps have been taken. */
  private int depthAtTheEndOf(int steps) throws Exception {
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("of-" + steps));
    try (Connection connection = database.connect()) {
      for (int i = 0; i < steps; i++) {
        // A step has rows of one part only.
        insert(connection, (long) i * Posting.PART + 1);
      }
    }
    OneStore store = new OneStore(database);
    Audit audit = store.audit(timer);
    try {
      AtomicInteger depth = new AtomicInteger();
      new TermIndex(store, audit)
          .catchUp()
          .invoke(() -> depth.set(Thread.currentThread().getStackTrace().length))
          .await()
          .atMost(Duration.ofSeconds(30));
      try (Connection connection = database.connect()) {
        assertThat(TermIndex.head(connection)).isEqualTo((steps - 1L) * Posting.PART + 1);
      }
      return depth.get();
    } finally {
      audit.stop(null);
    }
  }

  private static void insert(Connection connection, long seq) throws SQLException {
    String text =
        Canonical.text(SampleChain.row(1).linked(seq, SampleChain.START, Canonical.GENESIS));
    insert(connection, seq, text);
  }

  private static void insert(Connection connection, long seq, String text) throws SQLException {
    try (var insert =
        connection.prepareStatement("INSERT INTO audit VALUES (?, ?, 'intent', ?, ?)")) {
      insert.setLong(1, seq);
      insert.setString(2, "op" + seq);
      insert.setString(3, text);
      insert.setString(4, Canonical.hash(text));
      insert.executeUpdate();
    }
  }
}
