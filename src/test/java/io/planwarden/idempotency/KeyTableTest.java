package io.planwarden.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of keys in a real store: whose they are, and for how long. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class KeyTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(24));
  private static final IdempotencyKey KEY = new IdempotencyKey("k");
  private static final KeyTable.Owned MINE = new KeyTable.Owned(KEY, caller("a"));
  private static final KeyTable.Owned THEIRS = new KeyTable.Owned(KEY, caller("b"));

  @Parameter TestStore.Kind kind;
  @TempDir Path folder;

  private static Caller caller(String id) {
    return Caller.proved(id, "token", "127.0.0.1", Set.of(), null);
  }

  private static KeyRow row(String operationId) {
    return new KeyRow(operationId, "f-" + operationId, null);
  }

  private static boolean claim(Connection connection, KeyTable.Owned key, String id, Instant now)
      throws SQLException {
    return KeyTable.claim(connection, key, row(id), id, now, now.plus(Duration.ofHours(24)));
  }

  @Test
  void key_standsForTheFirstOperation_alsoAfterReopening() throws SQLException {
    TestStore database = kind.open(folder.resolve("a.db"));
    try (Connection connection = database.connect()) {
      assertThat(claim(connection, MINE, "op1", NOW)).isTrue();
      assertThat(claim(connection, MINE, "op2", NOW)).isFalse();
      assertThat(claim(connection, MINE, "op1", NOW)).as("the same once more").isTrue();
      assertThat(claim(connection, THEIRS, "op3", NOW)).isTrue();
    }
    try (Connection connection = kind.open(folder.resolve("a.db")).connect()) {
      assertThat(KeyTable.find(connection, MINE, NOW)).contains(row("op1"));
      assertThat(KeyTable.find(connection, THEIRS, NOW)).contains(row("op3"));
      assertThat(KeyTable.operations(connection, KEY, NOW, 9)).containsExactly("op3", "op1");
      assertThat(KeyTable.operations(connection, KEY, NOW, 1)).containsExactly("op3");
      assertThat(claim(connection, MINE, "op4", LATER.minusMillis(1))).isFalse();
    }
  }

  @Test
  void expiredKey_isFreeAndNotFoundAndSwept() throws SQLException {
    try (Connection connection = kind.open(folder.resolve("b.db")).connect()) {
      claim(connection, MINE, "op1", NOW);
      claim(connection, THEIRS, "op2", NOW.plusMillis(1));
      KeyTable.conclude(connection, MINE, "op1", "{}");

      assertThat(KeyTable.find(connection, MINE, LATER.minusMillis(1))).isPresent();
      assertThat(KeyTable.find(connection, MINE, LATER)).isEmpty();
      assertThat(KeyTable.operations(connection, KEY, LATER, 9)).containsExactly("op2");
      assertThat(KeyTable.sweep(connection, LATER.minusMillis(1), 9)).isZero();
      assertThat(claim(connection, MINE, "op3", LATER)).isTrue();
      assertThat(KeyTable.find(connection, MINE, LATER)).contains(row("op3"));
      assertThat(KeyTable.sweep(connection, LATER.plusMillis(1), 9)).isEqualTo(1);
      assertThat(KeyTable.find(connection, MINE, LATER)).isPresent();
    }
  }

  @Test
  void sweep_takesThePortionThatExpiredFirst() throws SQLException {
    try (Connection connection = kind.open(folder.resolve("c.db")).connect()) {
      for (int i = 0; i < 5; i++) {
        IdempotencyKey key = new IdempotencyKey("k" + i);
        claim(connection, new KeyTable.Owned(key, caller("a")), "op" + i, NOW.plusSeconds(i));
      }
      Instant allExpired = LATER.plusSeconds(5);

      assertThat(KeyTable.sweep(connection, allExpired, 3)).isEqualTo(3);
      assertThat(KeyTable.operations(connection, new IdempotencyKey("k3"), NOW, 1)).hasSize(1);
      assertThat(KeyTable.operations(connection, new IdempotencyKey("k2"), NOW, 1)).isEmpty();
      assertThat(KeyTable.sweep(connection, allExpired, 3)).isEqualTo(2);
    }
  }

  @Test
  void keyOfAnOperationWithoutEffect_isTakenOnce() throws SQLException {
    try (Connection connection = kind.open(folder.resolve("d.db")).connect()) {
      claim(connection, MINE, "op1", NOW);

      assertThat(KeyTable.claim(connection, MINE, row("op2"), "op1", NOW, LATER)).isTrue();
      assertThat(KeyTable.claim(connection, MINE, row("op3"), "op1", NOW, LATER)).isFalse();
      assertThat(KeyTable.find(connection, MINE, NOW)).contains(row("op2"));
    }
  }

  @Test
  void problem_isKeptOnlyForItsOperation() throws SQLException {
    FacadeException problem =
        new FacadeException(ErrorCode.UPSTREAM_THROTTLED, "Slow down")
            .with("upstream", Map.of("status", 429))
            .retryAfter(Duration.ofMillis(1500))
            .retryable(false);
    try (Connection connection = kind.open(folder.resolve("e.db")).connect()) {
      claim(connection, MINE, "op1", NOW);
      KeyTable.conclude(connection, MINE, "op2", StoredProblem.write(problem));
      assertThat(KeyTable.find(connection, MINE, NOW).orElseThrow().ending()).isEmpty();
      KeyTable.conclude(connection, MINE, "op1", StoredProblem.write(problem));

      FacadeException restored =
          KeyTable.find(connection, MINE, NOW).orElseThrow().ending().orElseThrow();

      assertThat(restored).hasMessage("Slow down");
      assertThat(restored.code()).isEqualTo(problem.code());
      assertThat(restored.members()).isEqualTo(problem.members());
      assertThat(restored.retryAfter()).isEqualTo(problem.retryAfter());
      assertThat(restored.retryable()).isFalse();
    }
  }

  @Test
  void everyStatement_goesStraightToItsRows() throws SQLException {
    TestStore database = kind.open(folder.resolve("f.db"));
    for (String sql : List.of(KeyTable.FIND, KeyTable.OPERATIONS, KeyTable.SWEEP)) {
      assertThat(database.plan(sql))
          .as(sql)
          .doesNotContain("SCAN idempotency_key", "Seq Scan on idempotency_key");
    }
  }
}
