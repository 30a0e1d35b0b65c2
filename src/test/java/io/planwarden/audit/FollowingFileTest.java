package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.request.Caller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive of rows 1 to 6, and the database behind it, which may still have some of them. */
class FollowingFileTest {
  private static final ChainNote.By BY =
      new ChainNote.By(new Caller("operator", "command", false, null, Set.of(), null), null, null);

  @TempDir Path folder;
  private Path database;
  private Path archive;
  private Connection connection;

  @BeforeEach
  void archive() throws Exception {
    database = folder.resolve("planwarden.db");
    archive = folder.resolve("archive.ndjson");
    connection = SampleChain.create(database, 10);
    connection.setAutoCommit(true);
    assertThat(run("archive", database.toString(), archive.toString(), "--through", "6")).isZero();
    String hash = String.valueOf(SampleChain.rows(connection).get(5).hash());
    SampleChain.append(connection, 11, ChainNote.cut(new Anchor(6, hash), BY));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6})
  void rowsThatAreNotRemovedYet_areTheSame(int removed) throws Exception {
    execute("DELETE FROM audit WHERE seq <= " + removed);

    assertThat(verify()).isEqualTo(AuditCommand.GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 6",
        "DELETE FROM audit WHERE seq >= 6",
        "DELETE FROM audit WHERE seq BETWEEN 4 AND 7",
        "UPDATE audit SET row_json = replace(row_json, 'none', 'oidc') WHERE seq = 3",
        "UPDATE audit SET row_json = 'x' WHERE seq = 1",
        "UPDATE audit SET hash = 'x' WHERE seq = 6",
        "UPDATE audit SET operation_id = 'x' WHERE seq = 2"
      })
  void rowsThatAreOthers_areNot(String sql) throws Exception {
    execute(sql);

    assertThat(verify()).isEqualTo(AuditCommand.BAD);
  }

  @Test
  void chainThatWasWrittenAnew_isAnother() throws Exception {
    Path other = folder.resolve("other.db");
    try (Connection rewritten = SampleChain.create(other, 0)) {
      for (int i = 1; i <= 10; i++) {
        // A second later than the archive has it, which every hash shows.
        SampleChain.append(rewritten, i + 1, SampleChain.row(i));
      }
      rewritten.commit();
    }

    assertThat(run("verify", other.toString())).isEqualTo(AuditCommand.GOOD);
    assertThat(run("verify", archive.toString(), other.toString())).isEqualTo(AuditCommand.BAD);
  }

  private int verify() {
    return run("verify", archive.toString(), database.toString());
  }

  private static int run(String... words) {
    return AuditCommand.run(System.out, words);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
