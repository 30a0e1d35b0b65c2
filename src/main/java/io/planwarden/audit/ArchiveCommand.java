package io.planwarden.audit;

import io.planwarden.storage.StoreFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;

/** Writes the oldest rows of a database to a file; the service removes them when it is told to. */
final class ArchiveCommand {
  private ArchiveCommand() {}

  static int run(Arguments arguments, PrintStream out) throws IOException, SQLException {
    arguments.allow(2, 2, "--through", "--before");
    return run(arguments, row -> {}, out);
  }

  /**
   * The same.
   *
   * @param seen gets each row of the database as it is read
   */
  static int run(Arguments arguments, ChainFile.Rows seen, PrintStream out)
      throws IOException, SQLException {
    Path database = arguments.files().get(0);
    long through = through(arguments, database);
    try (PartFile part = PartFile.of(arguments.files().get(1))) {
      ChainCheck whole = new ChainCheck(null, null);
      try (BufferedWriter writer = Files.newBufferedWriter(part.path(), StandardCharsets.UTF_8)) {
        // Once: the service may remove rows before they are read again.
        new ChainFile(database, false)
            .readDatabase(
                row -> {
                  whole.add(row);
                  if (Objects.requireNonNull(row.beside()).seq() <= through) {
                    write(writer, row);
                  }
                  seen.add(row);
                });
      }
      Verification stored = whole.end();
      if (stored.verdict() == Verification.Verdict.BAD) {
        return VerifyCommand.print(stored, out);
      }
      // Read again: what is removed by it must be there.
      Verification written = new ChainFile(part.path(), false).check(whole.start());
      if (written.verdict() == Verification.Verdict.GOOD) {
        part.finish();
      }
      int code = VerifyCommand.print(written, out);
      if (code == AuditCommand.GOOD && written.head() != null) {
        out.printf(
            "to remove these rows: POST /v1/audit/archive {\"through\": \"%s\"}%n", written.head());
      }
      return code;
    }
  }

  private static void write(BufferedWriter writer, StoredRow row) throws IOException {
    writer.write(ExportLine.write(row.text(), row.hash()));
    writer.write('\n');
  }

  private static long through(Arguments arguments, Path database) throws SQLException {
    if (arguments.has("--through") == arguments.has("--before")) {
      throw new IllegalArgumentException("give either --through or --before");
    }
    if (arguments.has("--through")) {
      return number(arguments.option("--through").orElseThrow());
    }
    Instant before = time(arguments.option("--before").orElseThrow());
    try (Connection connection = StoreFile.openToRead(database)) {
      return SeqRange.of(connection, null, before).high() - 1;
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--through must be a number, was " + text, e);
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--before must be a time such as 2026-01-01T00:00:00Z, was " + text, e);
    }
  }
}
