package io.planwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** What a start does to the tables of a file. */
class SqliteStoreTest {
  private static final String HISTORY =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'";

  @TempDir Path folder;
  private Path path;
  private String url;

  @BeforeEach
  void open() {
    path = folder.resolve("planwarden.db");
    url = "jdbc:sqlite:" + path;
    SqliteStore store = new SqliteStore(path);
    try {
      store.open("live");
    } finally {
      store.close();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  @Test
  void newFile_hasAllTables() throws SQLException {
    assertThat(number("SELECT count(*) FROM flyway_schema_history WHERE success"))
        .isEqualTo(SqliteSchema.SCRIPTS.size());
    assertThat(number("SELECT count(part) FROM audit_posting")).isZero();
  }

  @Test
  void fileThatHasThem_isNotAskedForItsHistory() throws SQLException {
    execute("DROP TABLE flyway_schema_history");

    open();

    assertThat(number(HISTORY)).isZero();
  }

  @Test
  void fileOfOtherScripts_isBroughtUpToDate() throws SQLException {
    // As the version before the last script left it.
    execute("ALTER TABLE audit_posting RENAME COLUMN part TO other");
    execute("DELETE FROM flyway_schema_history WHERE version = '6'");
    execute("PRAGMA user_version = 1");

    open();

    newFile_hasAllTables();
    assertThat(number("PRAGMA user_version")).isNotEqualTo(1);
  }

  @Test
  void fileThatIsNoDatabase_isNamed() throws IOException {
    Files.writeString(path, "no database ".repeat(1_000));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreRefused.class)
        .hasMessage("The database file %s is damaged: put back a whole copy.", path);
  }

  @Test
  void placeThatCannotBeWritten_isNamed() {
    // The folder of the file would be a file.
    SqliteStore store = new SqliteStore(path.resolve("planwarden.db"));

    assertThatThrownBy(() -> store.open("live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContainingAll("cannot be made", "Set PLANWARDEN_STORAGE_PATH");
    store.close();
  }

  @Test
  void reader_makesNoFileAndChangesNone() throws SQLException, IOException {
    SqliteStore store = new SqliteStore(path);
    try (Connection connection = store.reader();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM store_stamp"))
          .hasMessageContaining("readonly");
    }
    store.close();
    Files.delete(path);

    SqliteStore another = new SqliteStore(path);
    assertThatThrownBy(another::reader).isInstanceOf(SQLException.class);
    another.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void whatOpenedTheFile_servesTheFirstReader_whoCanOnlyRead() throws SQLException {
    SqliteStore store = new SqliteStore(path);
    store.open("live");
    for (int i = 0; i < 2; i++) {
      try (Connection connection = store.reader();
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("DELETE FROM store_stamp"))
            .hasMessageContaining("readonly");
        assertThat(connection instanceof SQLiteConnection).isEqualTo(i == 0);
      }
    }
    store.close();
  }

  @Test
  void fileThatIsReplacedBeforeAnybodyReads_isTheOneThatIsRead() throws Exception {
    Path other = Files.copy(path, folder.resolve("other.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE other_file (only_row INTEGER)");
    }
    SqliteStore store = new SqliteStore(path);
    store.open("live");
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
    WriteConnection writer = store.writer(Duration.ofSeconds(1));
    writer.tryOut(connection -> {});

    try (Connection connection = store.reader();
        var statement = connection.createStatement()) {
      assertThatCode(() -> statement.executeQuery("SELECT only_row FROM other_file").close())
          .doesNotThrowAnyException();
    }
    writer.discard();
    store.close();
  }

  @Test
  void storeThatNobodyReads_letsGoOfTheFile() {
    SqliteStore store = new SqliteStore(path);
    store.open("live");
    store.close();

    // SQLite removes it with the last connection.
    assertThat(path.resolveSibling("planwarden.db-wal")).doesNotExist();
  }

  @Test
  void fileThatAnotherHasOpen_isRefusedAndLeftAloneUntilItIsClosed() throws SQLException {
    SqliteStore one = new SqliteStore(path);
    one.open("live");
    execute("PRAGMA user_version = 1");
    SqliteStore two = new SqliteStore(path, () -> {});

    assertThatThrownBy(() -> two.open("live"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContainingAll(path + " is in use by another process", "End that one first");
    two.close();
    assertThat(number("PRAGMA user_version")).isEqualTo(1);
    one.close();

    open();
    assertThat(number("PRAGMA user_version")).isNotEqualTo(1);
  }

  @Test
  void logOfAFileThatIsGone_isNotDeletedWithWhatIsInIt() throws Exception {
    Path away = folder.resolve("away.db");
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("UPDATE store_probe SET filler = x'01'");
      Files.move(path, away);
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreRefused.class)
        .hasMessageContainingAll("planwarden.db is missing", "planwarden.db-wal beside it");
    assertThat(path).doesNotExist();
    Files.move(away, path);

    assertThat(number("SELECT length(filler) FROM store_probe")).isEqualTo(1);
  }

  @Test
  void fileOfAProcessThatIsEnding_isWaitedFor() {
    SqliteStore ending = new SqliteStore(path);
    ending.open("live");
    AtomicInteger pauses = new AtomicInteger();
    SqliteStore successor =
        new SqliteStore(
            path,
            () -> {
              if (pauses.incrementAndGet() == 3) {
                ending.close();
              }
            });

    successor.open("live");

    assertThat(pauses).hasValue(3);
    successor.close();
  }

  @Test
  void fileThatIsRestoredMeanwhile_isTheOneThatIsOpened() throws Exception {
    execute("UPDATE store_probe SET filler = x'01'");
    Path part = Files.move(path, folder.resolve("planwarden.db.part"));
    SqliteClaim restore = SqliteClaim.of(path);
    SqliteStore service =
        new SqliteStore(
            path,
            () -> {
              assertThat(path).doesNotExist();
              finish(restore, part);
            });

    service.open("live");

    service.close();
    assertThat(number("SELECT length(filler) FROM store_probe")).isEqualTo(1);
  }

  private void finish(SqliteClaim restore, Path part) {
    try {
      StoreFile.name(part, path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    restore.close();
  }

  @Test
  void startThatWaitsInVain_makesNoFile() throws Exception {
    Files.delete(path);
    try (SqliteClaim restore = SqliteClaim.of(path)) {
      SqliteStore service = new SqliteStore(path, () -> {});
      assertThatThrownBy(() -> service.open("live")).isInstanceOf(StoreRefused.class);
      service.close();
    }
    assertThat(path).doesNotExist();

    open();
  }

  @Test
  void fileThatIsOfAnotherMode_isLeftToTheNextStart() {
    assertThatThrownBy(() -> new SqliteStore(path).open("sandbox"))
        .isInstanceOf(StoreRefused.class);

    open();
  }

  @Test
  void scriptThatWasChanged_isRefused() throws SQLException {
    execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'");
    execute("PRAGMA user_version = 1");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreRefused.class)
        .hasMessageContainingAll("The tables of the database file", "cannot be made", "checksum");
  }

  /** The program cannot list them, so it has their names. */
  @Test
  void scripts_areAllOfTheFolder() {
    File scripts = new File("src/main/resources/db/sqlite");
    assertThat(scripts.list()).containsExactlyInAnyOrderElementsOf(SqliteSchema.SCRIPTS);
  }
}
