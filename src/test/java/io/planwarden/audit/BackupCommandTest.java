package io.planwarden.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.storage.SqliteClaim;
import io.planwarden.storage.StoreFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void create() throws Exception {
    source = folder.resolve("source.db");
    target = folder.resolve("target.db");
    SampleChain.create(source, 4).close();
  }

  private int copy(BackupCommand.Finish finish) throws Exception {
    Arguments arguments = Arguments.of(List.of(source.toString(), target.toString()));
    return BackupCommand.copy(arguments, finish, System.out);
  }

  @Test
  void copy_hasItsNameAndNoOther() throws Exception {
    assertThat(copy(copy -> assertThat(target).doesNotExist())).isZero();

    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(AuditCommand.run(System.out, "verify", target.toString())).isZero();
  }

  @Test
  void copyThatIsSpoiledBeforeTheEnd_getsNoName() throws Exception {
    assertThat(copy(BackupCommandTest::spoil)).isEqualTo(AuditCommand.BAD);

    assertThat(target).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  private static void spoil(Path copy) throws SQLException {
    try (Connection connection = StoreFile.openToWrite(copy);
        var statement = connection.createStatement()) {
      statement.execute("UPDATE audit SET hash = 'x' WHERE seq = 3");
    }
  }

  @Test
  void fileThatAppearsMeanwhile_isNotReplaced() throws Exception {
    assertThatThrownBy(() -> copy(copy -> Files.writeString(target, "of somebody else")))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(target).hasContent("of somebody else");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void partOfAnotherRun_isLeftToIt() throws Exception {
    Path part = Files.writeString(folder.resolve("target.db.part"), "of another run");
    var said = new ByteArrayOutputStream();

    int code =
        AuditCommand.run(
            new PrintStream(said, true, UTF_8), "backup", source.toString(), target.toString());

    assertThat(code).isEqualTo(AuditCommand.FAILED);
    assertThat(said.toString(UTF_8))
        .contains(
            part + ": another run",
            "if no audit command runs any more",
            "remove it and run this again");
    assertThat(part).hasContent("of another run");
    assertThat(target).doesNotExist();
  }

  @Test
  void targetBesideTheLogOfAnother_isNotMade() throws Exception {
    Path log = Files.writeString(folder.resolve("target.db-wal"), "of somebody else");

    assertThat(
            AuditCommand.run(
                System.out, "restore", source.toString(), target.toString(), "--lost", "unknown"))
        .isEqualTo(AuditCommand.FAILED);

    assertThat(target).doesNotExist();
    assertThat(log).hasContent("of somebody else");
  }

  @Test
  void restore_isRefusedWhileAServiceHasTheTarget() throws Exception {
    String[] restore = {"restore", source.toString(), target.toString(), "--lost", "unknown"};
    try (SqliteClaim service = SqliteClaim.of(target)) {
      assertThat(AuditCommand.run(System.out, restore)).isEqualTo(AuditCommand.FAILED);
      assertThat(target).doesNotExist();
    }
    assertThat(AuditCommand.run(System.out, restore)).isZero();
  }
}
