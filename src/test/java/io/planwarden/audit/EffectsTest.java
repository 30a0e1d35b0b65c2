package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.change.VirtualTime;
import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start of the application looks up. */
class EffectsTest {
  @TempDir Path folder;
  private final VirtualTime time = new VirtualTime();
  private WriterFixture audit;
  private AuditQuery query;

  @BeforeEach
  void start() {
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("a.db"));
    OneStore store = new OneStore(database);
    audit = new WriterFixture(database, database.writer(), time.clock(), 4096);
    query = new AuditQuery(store, new TermIndex(store, null));
  }

  @AfterEach
  void stop() {
    audit.close();
    time.shutdownNow();
  }

  @Test
  void effectsSinceATime_areTheRowsThatTellOfOneAndNoOthers() {
    assertThat(query.effectsSince(Instant.EPOCH)).isEmpty();
    audit.append(intent("before"));
    audit.append(outcome("before", Outcome.APPLIED));
    time.advance(Duration.ofMinutes(1));
    Instant since = time.now();
    audit.append(intent("one"));
    AuditRow one = audit.append(outcome("one", Outcome.APPLIED));
    refuseMany();
    audit.append(intent("two"));
    audit.append(outcome("two", Outcome.UNKNOWN));
    AuditRow two =
        audit.append(
            AuditRowBuilder.builder(outcome("two", Outcome.ADOPTED))
                .phase(Phase.RESOLUTION)
                .build());
    audit.append(outcome("three", Outcome.UNCHANGED));
    audit.append(intent("open"));

    assertThat(query.effectsSince(since)).containsExactly(one, two);
    time.advance(Duration.ofMinutes(1));
    assertThat(query.effectsSince(time.now())).isEmpty();
  }

  /** More of them than are read at once. */
  private void refuseMany() {
    IntStream.range(0, 1_200)
        .mapToObj(i -> audit.writer.submit(outcome("refused" + i, Outcome.REFUSED)))
        .toList()
        .forEach(CompletableFuture::join);
  }
}
