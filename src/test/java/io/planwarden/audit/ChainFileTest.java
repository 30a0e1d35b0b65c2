package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainFileTest {
  @TempDir Path folder;

  @Test
  void rowsThatAreArchivedWhileTheyAreRead_areNotMissed() throws Exception {
    Path file = folder.resolve("planwarden.db");
    int all = 2 * ChainPage.SIZE;
    try (Connection service = SampleChain.create(file, all)) {
      // As the service has it.
      service.setAutoCommit(true);
      execute(service, "PRAGMA journal_mode=WAL");
      AtomicBoolean archived = new AtomicBoolean();
      ChainCheck check = new ChainCheck(null, null);

      new ChainFile(file, false)
          .read(
              row -> {
                if (!archived.getAndSet(true)) {
                  execute(service, "DELETE FROM audit WHERE seq <= " + (ChainPage.SIZE + 9));
                }
                check.add(row);
              });

      Verification found = check.end();
      assertThat(found.verdict()).as(found.toString()).isEqualTo(Verification.Verdict.GOOD);
      assertThat(found.lastSeq()).isEqualTo(all);
    }
  }

  private static void execute(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
