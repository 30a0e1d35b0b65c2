package io.planwarden.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A database file, used without the application, which may have it open meanwhile. */
public final class StoreFile {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> LOGS = List.of("-wal", "-journal");
  private static final int PATIENCE_MS = 5_000;

  private StoreFile() {}

  /**
   * To be asked before a database is made where there is none.
   *
   * @throws StoreRefused if a log of SQLite is there: it would be deleted beside an empty database,
   *     and read as part of any other
   */
  public static void refuseLeftOver(Path database) {
    for (String suffix : LOGS) {
      Path log = database.resolveSibling(database.getFileName() + suffix);
      if (Files.exists(log)) {
        throw new StoreRefused(
            "The database file %s is missing, and %s beside it may hold rows that are nowhere else:"
                    .formatted(database, log.getFileName())
                + " put the database file back, or move that file away, too.");
      }
    }
  }

  /** Whether the file is a database. */
  public static boolean isDatabase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(HEADER.length), HEADER);
    }
  }

  /**
   * Opens it to read. It is opened as a running application has it, with its write-ahead log, in
   * which the newest rows may be; so the folder must be writable.
   */
  public static Connection openToRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(PATIENCE_MS);
    return config.createConnection(url(file));
  }

  /** Opens it to write; only for a file that nobody else has open. */
  public static Connection openToWrite(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.DELETE);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(PATIENCE_MS);
    return config.createConnection(url(file));
  }

  /**
   * Copies a database, also one that an application writes meanwhile: the copy is the state at one
   * instant. It is not on disk yet.
   *
   * @param target an empty file, or none; anything else is left alone, and the copying fails
   */
  public static void copy(Path source, Path target) throws SQLException {
    try (Connection connection = openToRead(source);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, target.toAbsolutePath().toString());
      copy.execute();
    }
  }

  /** Returns when the file is on disk. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Gives a file its name; it may keep the one it had as well. Returns when the name is on disk.
   *
   * @throws FileAlreadyExistsException if another file has the name by now
   */
  public static void name(Path file, Path name) throws IOException {
    try {
      // An atomic move would replace the other file.
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Here are no links. This looks before it moves, which is not one step.
      Files.move(file, name);
    }
    try (FileChannel folder =
        FileChannel.open(Objects.requireNonNull(name.toAbsolutePath().getParent()))) {
      folder.force(true);
    }
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }
}
