package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.storage.TestStore;
import io.planwarden.storage.WriteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A writer on a real store, with a ticker that tests can move on. */
final class WriterFixture implements AutoCloseable {
  private final TestStore database;
  private final AtomicLong ahead = new AtomicLong();
  final AuditWriter writer;

  WriterFixture(TestStore database, WriteConnection store, Clock clock, int queue) {
    this.database = database;
    this.writer =
        new AuditWriter(
            store, new Quick(queue), clock, () -> System.nanoTime() + ahead.get(), new Deaf());
    writer.start();
  }

  WriterFixture(TestStore database, WriteConnection store) {
    this(database, store, Clock.systemUTC(), 4096);
  }

  record Quick(int queue, Duration patience) implements AuditConfig {
    Quick(int queue) {
      this(queue, Duration.ofSeconds(5));
    }

    @Override
    public Duration probe() {
      return Duration.ofMillis(20);
    }

    @Override
    public Duration retry() {
      return Duration.ofMillis(10);
    }
  }

  static final class Deaf implements AuditEvents {
    @Override
    public void appended(Duration took) {}

    @Override
    public void refused() {}

    @Override
    public void failed() {}
  }

  static AuditRow intent(String id) {
    return row(Phase.INTENT, id, null);
  }

  static AuditRow outcome(String id, Outcome outcome) {
    return row(Phase.OUTCOME, id, outcome);
  }

  private static AuditRow row(Phase phase, String id, Outcome outcome) {
    return AuditRowBuilder.builder()
        .phase(phase)
        .operationId(id)
        .requestId("request")
        // As it is read back: the audit does not keep what a caller may do.
        .caller(new Caller("anonymous", "none", false, "127.0.0.1", Set.of(), null))
        .action("edit-plan")
        .target(Map.of("usagePlanId", "plan1"))
        .request(Map.of("rateRps", 1))
        .before(Map.of())
        .outcome(outcome)
        .deadline(phase == Phase.INTENT ? Instant.EPOCH : null)
        .build();
  }

  /** The row as it was acknowledged. */
  static AuditRow written(CompletableFuture<AuditRow> row) {
    try {
      return row.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  AuditRow append(AuditRow row) {
    return written(writer.submit(row));
  }

  static FacadeException refused(CompletableFuture<?> row) {
    try {
      throw new AssertionError("written: " + row.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(FacadeException.class);
      FacadeException refusal = (FacadeException) e.getCause();
      assertThat(refusal.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
      assertThat(refusal.retryAfter()).isNotNull();
      return refusal;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets the patience of all that is submitted by now end. */
  void passPatience() {
    ahead.addAndGet(Duration.ofSeconds(6).toNanos());
    writer.endPatience();
  }

  void awaitTrouble(String words) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(writer.standing().trouble()).contains(words));
  }

  void awaitWritable() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> writer.standing().isWritable());
  }

  /** What is stored, after a check of the whole chain. */
  List<AuditRow> chain() {
    List<AuditRow> rows = new ArrayList<>();
    String prevHash = Canonical.GENESIS;
    Instant at = Instant.EPOCH;
    try (Connection connection = database.connect();
        var select = connection.createStatement();
        var found = select.executeQuery("SELECT row_json, hash FROM audit ORDER BY seq")) {
      while (found.next()) {
        String text = found.getString(1);
        assertThat(found.getString(2)).isEqualTo(Canonical.hash(text));
        AuditRow row = Canonical.parse(text, found.getString(2)).orElseThrow();
        assertThat(row.seq()).isEqualTo(rows.size() + 1L);
        assertThat(row.prevHash()).isEqualTo(prevHash);
        assertThat(row.at()).isAfterOrEqualTo(at);
        prevHash = row.hash();
        at = row.at();
        rows.add(row);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  /** The ids that are open in the store. */
  List<String> open() {
    List<String> ids = new ArrayList<>();
    try (Connection connection = database.connect();
        var select = connection.createStatement();
        var found = select.executeQuery("SELECT operation_id FROM open_operation")) {
      while (found.next()) {
        ids.add(found.getString(1));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return ids;
  }

  @Override
  public void close() {
    try {
      writer.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
