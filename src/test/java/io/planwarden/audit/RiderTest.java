package io.planwarden.audit;

import static io.planwarden.audit.WriterFixture.intent;
import static io.planwarden.audit.WriterFixture.outcome;
import static io.planwarden.audit.WriterFixture.refused;
import static io.planwarden.audit.WriterFixture.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.storage.Rider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes with a row into its transaction. */
class RiderTest extends OnEachStore {
  private static final Rider TAKE = connection -> insert(connection, "ON CONFLICT DO NOTHING") == 1;

  @BeforeEach
  void makeSeat() {
    database.execute("CREATE TABLE seat (only_row INTEGER PRIMARY KEY CHECK (only_row = 1))");
  }

  private static int insert(Connection connection, String rest) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("INSERT INTO seat VALUES (1) " + rest);
    }
  }

  private int seats() {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM seat")) {
      return rows.next() ? rows.getInt(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manyRowsForOneSeat_areOneRow_andTheOthersStay() {
    List<CompletableFuture<AuditRow>> wanting =
        IntStream.range(0, 20)
            .mapToObj(i -> audit.writer.submit(intent("want" + i), TAKE))
            .toList();
    CompletableFuture<AuditRow> alone = audit.writer.submit(intent("alone"));

    written(wanting.get(0));
    written(alone);

    wanting
        .subList(1, 20)
        .forEach(row -> assertThatThrownBy(row::join).hasCauseInstanceOf(RowRefused.class));
    assertThat(audit.chain()).extracting(AuditRow::operationId).containsExactly("want0", "alone");
    assertThat(audit.open()).containsExactlyInAnyOrder("want0", "alone");
  }

  @Test
  void whatARefusingRiderWrote_isUndone() {
    CompletableFuture<AuditRow> row =
        audit.writer.submit(
            intent("op"),
            connection -> {
              insert(connection, "");
              return false;
            });
    audit.append(intent("next"));

    assertThatThrownBy(row::join).hasCauseInstanceOf(RowRefused.class);
    assertThat(seats()).isZero();
  }

  @Test
  void rowWithoutForm_takesItsRiderWithIt() {
    AuditRow formless =
        AuditRowBuilder.builder(intent("op"))
            .request(java.util.Map.of("no form", new Object()))
            .build();

    refused(audit.writer.submit(formless, TAKE));
    audit.append(intent("next"));

    assertThat(seats()).isZero();
    assertThat(audit.chain()).hasSize(1);
  }

  @Test
  void failedCommit_takesNeither_andTheSeatIsFreeAfterwards() {
    store.fault = FaultyStore.Fault.COMMIT_FAILS;
    refused(audit.writer.submit(intent("op1"), TAKE));
    assertThat(seats()).isZero();
    store.fault = FaultyStore.Fault.NONE;
    audit.awaitWritable();

    written(audit.writer.submit(intent("op2"), TAKE));

    assertThat(seats()).isEqualTo(1);
  }

  @Test
  void rowRefusedByOneThatIsNotCommitted_isLostWithIt() throws InterruptedException {
    store.stall();
    CompletableFuture<AuditRow> first = audit.writer.submit(intent("first"));
    store.stalled.acquire();
    Rider takeAndBreak =
        connection -> {
          store.fault = FaultyStore.Fault.COMMIT_FAILS;
          return TAKE.write(connection);
        };
    CompletableFuture<AuditRow> one = audit.writer.submit(intent("op1"), takeAndBreak);
    CompletableFuture<AuditRow> other = audit.writer.submit(intent("op2"), TAKE);
    store.flow();

    written(first);
    refused(one);
    other.handle(
        (a, b) -> {
          return 1;
        });
    refused(other);
  }

  @Test
  void durableRow_keepsItsRiderAcrossReopening() {
    written(audit.writer.submit(intent("op1"), TAKE));
    audit.close();
    audit = new WriterFixture(database, database.writer());

    assertThatThrownBy(audit.writer.submit(intent("op2"), TAKE)::join)
        .hasCauseInstanceOf(RowRefused.class);
    written(audit.writer.submit(outcome("op1", Outcome.APPLIED), connection -> true));
    assertThat(audit.open()).isEmpty();
  }
}
