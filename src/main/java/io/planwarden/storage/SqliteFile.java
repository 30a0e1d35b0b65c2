package io.planwarden.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of the database, and whether the path still names the file that was opened. SQLite
 * itself goes on writing to a file that was moved, deleted or replaced. Thread-safe.
 */
final class SqliteFile {
  /** Less free space than this is a full disk. */
  private static final long LEAST_SPACE = 256 * 1024;

  private final Path path;
  private volatile @Nullable Object key;
  private volatile @Nullable Object walKey;
  private volatile long size;

  SqliteFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  Path path() {
    return path;
  }

  /** Makes the folder of the file, unless it is there. */
  void makeFolder() throws IOException {
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
  }

  /**
   * Makes an empty file, which SQLite takes as an empty database, unless there is a file.
   *
   * @throws StoreRefused if there is only the log of one
   */
  void create() throws IOException {
    if (!Files.exists(path)) {
      StoreFile.refuseLeftOver(path);
      Files.createFile(path);
    }
  }

  /** From now on the file that the path names is the one that is expected there. */
  void adopt() throws SQLException {
    BasicFileAttributes found = found();
    key = found.fileKey();
    size = found.size();
    walKey = null;
  }

  /**
   * Whether the path names another file than the one that was adopted; throws if it names none, or
   * if not all of the right one is there.
   */
  boolean isReplaced() throws SQLException {
    BasicFileAttributes found = found();
    Object expected = key;
    if (expected != null && !expected.equals(found.fileKey())) {
      return true;
    }
    confirm(found);
    return false;
  }

  /** The same, false if it names none: connections that are open go on reading. */
  boolean existsReplaced() {
    Object found = keyOf(path);
    return found != null && key != null && !found.equals(key);
  }

  /** Throws unless the path names the file that was adopted, and all of it is there. */
  void confirm() throws SQLException {
    confirm(found());
  }

  private void confirm(BasicFileAttributes found) throws SQLException {
    if (!Objects.equals(key, found.fileKey())) {
      throw new StoreTrouble(
          "The database file %s was replaced while it was open.".formatted(path));
    }
    if (found.size() < size) {
      throw new StoreTrouble(
          "The database file %s was truncated: put back a whole copy, or restart.".formatted(path));
    }
    size = found.size();
  }

  /** Remembers which WAL belongs to the file; to be called once a connection has used it. */
  void rememberWal() {
    walKey = keyOf(beside("-wal"));
  }

  /** Throws if the file could not grow. */
  void confirmRoom() throws SQLException {
    if (!Files.isWritable(path)) {
      throw new StoreTrouble("The database file %s cannot be written.".formatted(path));
    }
    if (path.toFile().getUsableSpace() < LEAST_SPACE) {
      throw new StoreTrouble("The disk of the database file %s is full.".formatted(path));
    }
  }

  /**
   * Removes the WAL that the file before left behind: SQLite would read it as part of the new one.
   */
  void removeLeftOver() throws SQLException {
    Object wal = keyOf(beside("-wal"));
    if (wal != null && !wal.equals(walKey)) {
      throw new StoreTrouble(
          "The database file %s was replaced together with a -wal file: restart to open them."
              .formatted(path));
    }
    try {
      Files.deleteIfExists(beside("-wal"));
      Files.deleteIfExists(beside("-shm"));
    } catch (IOException e) {
      throw new SQLException("the WAL of the replaced database could not be removed", e);
    }
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private BasicFileAttributes found() throws SQLException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw missing();
    }
    if (!found.isRegularFile()) {
      throw missing();
    }
    return found;
  }

  private StoreTrouble missing() {
    return new StoreTrouble(
        "The database file %s is missing: put it back, or move its -wal away, too, and restart to"
                .formatted(path)
            + " begin a new one.");
  }

  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
