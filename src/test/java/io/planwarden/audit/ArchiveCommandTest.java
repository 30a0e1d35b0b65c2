package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
