package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.storage.StoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCommandTest {
  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void create() throws Exception {
    source = folder.resolve("source.db");
    target = folder.resolve("archive.ndjson");
    SampleChain.create(source, 100).close();
  }

  private int archive() {
    return AuditCommand.run(
        System.out, "archive", source.toString(), target.toString(), "--through", "90");
  }

  @Test
  void archive_hasItsNameAndNoOther() {
    assertThat(archive()).isEqualTo(AuditCommand.GOOD);

    assertThat(AuditCommand.run(System.out, "verify", target.toString())).isZero();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(archive()).as("of a name that is taken").isEqualTo(AuditCommand.FAILED);
  }

  @Test
  void rowsThatTheServiceRemovesMeanwhile_areInTheArchive() throws Exception {
    Arguments arguments =
        Arguments.of(List.of(source.toString(), target.toString(), "--through", "90"));
    try (Connection service = StoreFile.openToWrite(source)) {
      // As the service has it.
      execute(service, "PRAGMA journal_mode=WAL");

      int code =
          ArchiveCommand.run(
              arguments,
              row -> {
                if (row.place().equals("row 100")) {
                  execute(service, "DELETE FROM audit WHERE seq <= 50");
                }
              },
              System.out);

      assertThat(code).isEqualTo(AuditCommand.GOOD);
    }
    assertThat(Files.readAllLines(target)).hasSize(90);
  }

  private static void execute(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void archiveThatCannotBeWritten_failsAndLeavesNoFile() {
    // What is forced to the disk fails from now on, in this thread.
    Thread.currentThread().interrupt();
    try {
      assertThat(archive()).isEqualTo(AuditCommand.FAILED);
    } finally {
      Thread.interrupted();
    }

    assertThat(folder).isDirectoryNotContaining("glob:**archive*");
  }
}
