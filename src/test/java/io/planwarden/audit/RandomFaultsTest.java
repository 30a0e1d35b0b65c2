package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.FaultyStore.Fault;
import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever befalls the store, in whatever order: the chain has no gap, what was acknowledged is
 * there once, what was refused is not there or closed as never sent. {@code -Dfaults.seed} runs one
 * sequence again, {@code -Dfaults.sequences} more of them.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class RandomFaultsTest {
  private static final int SEQUENCES = Integer.getInteger("faults.sequences", 15);
  private static final int STEPS = 12;
  // A connection to a server takes longer to come back than one to a file.
  private static final int STEPS_ON_A_SERVER = 4;

  @Parameter TestStore.Kind kind;
  @TempDir Path folder;

  /** A row and what its submitter was told. */
  private record Told(AuditRow row, CompletableFuture<AuditRow> answer) {
    boolean acknowledged() {
      return !answer.isCompletedExceptionally();
    }
  }

  static List<Long> seeds() {
    Long given = Long.getLong("faults.seed");
    return given != null ? List.of(given) : new Random().longs(SEQUENCES).boxed().toList();
  }

  @ParameterizedTest(name = "-Dfaults.seed={0}")
  @MethodSource("seeds")
  void chain_survives(long seed) throws Exception {
    Random random = new Random(seed);
    TestStore database = kind.open(folder.resolve("a.db"));
    FaultyStore store = new FaultyStore(database, database.impatientWriter());
    List<Told> told = new ArrayList<>();
    try (WriterFixture audit = new WriterFixture(database, store)) {
      int steps = kind == TestStore.Kind.SQLITE ? STEPS : STEPS_ON_A_SERVER;
      for (int step = 0; step < steps; step++) {
        breakAndMend(random, database, store, audit, told, step);
        audit.awaitWritable();
        submit(random, audit, told, step + "-healed-");
      }
      audit.awaitWritable();
      for (Told each : told) {
        each.answer().exceptionally(e -> null).get(20, java.util.concurrent.TimeUnit.SECONDS);
      }
      audit.awaitWritable();
      // Behind what the writer appends of its own.
      audit.append(WriterFixture.intent("last"));
      judge(told, audit.chain(), audit.open());
    }
  }

  /** One fault, rows before, during and after its beginning, and its repair. */
  private static void breakAndMend(
      Random random,
      TestStore database,
      FaultyStore store,
      WriterFixture audit,
      List<Told> told,
      int step)
      throws Exception {
    submit(random, audit, told, step + "-before-");
    switch (random.nextInt(6)) {
      case 0 -> {
        database.takeAway();
        submit(random, audit, told, step + "-away-");
        settle(random, audit, told);
        database.giveBack();
      }
      case 1 -> {
        try (AutoCloseable lock = database.lock()) {
          submit(random, audit, told, step + "-locked-");
          settle(random, audit, told);
        }
      }
      case 2 -> {
        store.stall();
        submit(random, audit, told, step + "-stalled-");
        audit.passPatience();
        submit(random, audit, told, step + "-stuck-");
        store.flow();
      }
      case 3 -> {
        store.stall();
        submit(random, audit, told, step + "-stalled-");
        database.takeAway();
        store.flow();
        settle(random, audit, told);
        database.giveBack();
      }
      case 4 -> {
        store.failOnce();
        submit(random, audit, told, step + "-once-");
      }
      default -> {
        store.grace = random.nextInt(3);
        store.fault = Fault.values()[1 + random.nextInt(3)];
        submit(random, audit, told, step + "-fault-");
        settle(random, audit, told);
        store.fault = Fault.NONE;
      }
    }
  }

  private static void submit(Random random, WriterFixture audit, List<Told> told, String prefix) {
    for (int i = random.nextInt(6); i > 0; i--) {
      String id = prefix + i;
      AuditRow row =
          switch (random.nextInt(4)) {
            case 0 -> WriterFixture.outcome(id, Outcome.UNCHANGED);
            case 1 -> WriterFixture.outcome(id, Outcome.APPLIED);
            default -> WriterFixture.intent(id);
          };
      told.add(new Told(row, audit.writer.submit(row)));
    }
  }

  /** Sometimes waits for the answers that come while the fault lasts. */
  private static void settle(Random random, WriterFixture audit, List<Told> told) {
    if (random.nextBoolean()) {
      told.stream()
          .filter(each -> !each.row().tellsOfAnEffect())
          .forEach(each -> each.answer().exceptionally(e -> null).join());
    } else if (random.nextBoolean()) {
      audit.passPatience();
    }
  }

  private static void judge(List<Told> told, List<AuditRow> chain, List<String> open) {
    Map<String, List<AuditRow>> rows =
        chain.stream().collect(Collectors.groupingBy(AuditRow::operationId));
    for (Told each : told) {
      String id = each.row().operationId();
      List<AuditRow> stored = rows.getOrDefault(id, List.of());
      if (each.acknowledged()) {
        assertThat(stored).as(id).containsExactly(each.answer().join());
      } else if (each.row().tellsOfAnEffect()) {
        assertThat(stored).as(id).isEmpty();
      } else if (each.row().phase() == Phase.INTENT && !stored.isEmpty()) {
        assertThat(stored).as(id).extracting(AuditRow::outcome).hasSize(2);
        assertThat(stored.get(1).outcome()).as(id).isEqualTo(Outcome.NOT_APPLIED);
      } else {
        assertThat(stored).as(id).hasSizeLessThanOrEqualTo(1);
      }
    }
    List<String> expected =
        told.stream()
            .filter(each -> each.row().phase() == Phase.INTENT && each.acknowledged())
            .map(each -> each.row().operationId())
            .collect(Collectors.toCollection(ArrayList::new));
    expected.add("last");
    assertThat(open).containsExactlyInAnyOrderElementsOf(expected);
  }
}
