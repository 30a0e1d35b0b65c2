package io.planwarden.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;

/**
 * The right of one process to write to a database file: SQLite itself lets in any number. It is a
 * lock on a file of its own, for the database may be moved away or replaced; the operating system
 * gives it back when the process ends, however it does. The file stays: were it removed, the next
 * could be another one while somebody still has the lock of this.
 */
public final class SqliteClaim implements AutoCloseable {
  // Of claims that failed: had this process the file already, it would lose its lock with the first
  // descriptor of the file that is closed, also by the collector.
  private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

  private final FileChannel channel;

  private SqliteClaim(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims a database file, which need not be there, at once.
   *
   * @throws StoreRefused if another process has it
   * @throws IOException if the file of the lock cannot be used
   */
  public static SqliteClaim of(Path database) throws IOException {
    return of(database, tries -> false);
  }

  /**
   * The same for who can wait.
   *
   * @param again whether to try again, asked after each try with how many there were
   */
  static SqliteClaim of(Path database, IntPredicate again) throws IOException {
    Path file = database.resolveSibling(database.getFileName() + "-lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    int tries = 0;
    try {
      do {
        if (lock(channel)) {
          return new SqliteClaim(channel);
        }
        tries++;
      } while (again.test(tries));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    LEFT_OPEN.add(channel);
    throw inUse(database);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static StoreRefused inUse(Path database) {
    return new StoreRefused(
        "The database file %s is in use by another process. End that one first. (Another file as"
                .formatted(database)
            + " PLANWARDEN_STORAGE_PATH would begin an audit of its own, empty.)");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
