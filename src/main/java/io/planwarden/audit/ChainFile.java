package io.planwarden.audit;

import io.planwarden.storage.StoreFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds rows: a database, an export, or a log with the copy of the audit.
 *
 * @param log whether lines that hold no row belong there
 */
record ChainFile(Path path, boolean log) {
  private static final int LONGEST_LINE = 16 * 1024 * 1024;
  private static final int BUFFER = 64 * 1024;

  /** What is done with each row. */
  @FunctionalInterface
  interface Rows {
    void add(StoredRow row) throws IOException;
  }

  /**
   * Checks the whole file by itself.
   *
   * @param after see {@link ChainCheck}
   */
  Verification check(@Nullable Anchor after) throws IOException, SQLException {
    ChainCheck check = new ChainCheck(null, after);
    read(check::add);
    return check.end();
  }

  /** Hands on every row, in the order in which they are kept; one page or line at a time. */
  void read(Rows rows) throws IOException, SQLException {
    if (StoreFile.isDatabase(path)) {
      readDatabase(rows);
    } else {
      readLines(rows);
    }
  }

  /** Hands on the rows of a database, all as they were at one instant. */
  void readDatabase(Rows rows) throws IOException, SQLException {
    try (Connection connection = StoreFile.openToRead(path)) {
      // One snapshot: between two pages the service may remove rows. Its writer does not wait for
      // it.
      connection.setAutoCommit(false);
      ChainPage page = new ChainPage(java.util.List.of(), ChainPage.START);
      do {
        page = ChainPage.read(connection, page.last(), Long.MAX_VALUE);
        for (StoredRow row : page.rows()) {
          rows.add(row);
        }
      } while (page.isFull());
    }
  }

  private void readLines(Rows rows) throws IOException {
    long number = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          number++;
          take(number, StoredRow.text(line.toByteArray()), rows);
          line.reset();
        } else if (line.size() < LONGEST_LINE) {
          line.write(b);
        } else {
          throw new IOException("line " + (number + 1) + " has more than 16 MiB");
        }
      }
      if (line.size() > 0) {
        // Every line that was written whole has an end.
        take(number + 1, null, rows);
      }
    }
  }

  private void take(long number, @Nullable String line, Rows rows) throws IOException {
    String place = "line " + number;
    if (!log) {
      rows.add(ExportLine.read(place, line));
      return;
    }
    Optional<String> row = ExportLine.inLog(line);
    if (row.isPresent()) {
      rows.add(ExportLine.read(place, row.get()));
    }
  }
}
