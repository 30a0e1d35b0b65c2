package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;

class SeqRangeTest {
  @TempDir Path folder;

  @Test
  void whatIsNoRow_isPassedOnce() throws Exception {
    AtomicInteger read = new AtomicInteger();
    try (Connection connection = SampleChain.create(folder.resolve("a.db"), 1_200);
        var statement = connection.createStatement()) {
      statement.execute("UPDATE audit SET row_json = 'x' WHERE seq BETWEEN 100 AND 1099");
      count(connection, read);
      // It hides the table.
      statement.execute(
          "CREATE TEMP VIEW audit AS"
              + " SELECT seq, counted(row_json) AS row_json, hash FROM main.audit");

      SeqRange range = SeqRange.of(connection, SampleChain.START.plusSeconds(50), null);

      assertThat(range.low()).isEqualTo(50);
    }
    assertThat(read).hasValueLessThan(1_020);
  }

  private static void count(Connection connection, AtomicInteger read) throws SQLException {
    Function.create(
        connection,
        "counted",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            read.incrementAndGet();
            result(value_text(0));
          }
        });
  }
}
