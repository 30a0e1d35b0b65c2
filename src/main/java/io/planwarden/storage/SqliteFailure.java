package io.planwarden.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What a failure of SQLite means, in words for an operator. */
final class SqliteFailure {
  private SqliteFailure() {}

  static String explain(Path file, SQLException failure) {
    if (failure instanceof StoreTrouble) {
      return String.valueOf(failure.getMessage());
    }
    // The low byte is the primary result code (sqlite.org/rescode.html).
    String what =
        switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff)) {
          case SQLITE_BUSY, SQLITE_LOCKED -> "is locked by another process";
          case SQLITE_FULL -> "has no room to grow";
          case SQLITE_IOERR -> "cannot be written or read; look at the disk";
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> "may not be written";
          case SQLITE_CANTOPEN -> "cannot be opened";
          case SQLITE_CORRUPT, SQLITE_NOTADB -> "is damaged: put back a whole copy";
          default -> "cannot be written";
        };
    return "The database file %s %s.".formatted(file, what);
  }
}
