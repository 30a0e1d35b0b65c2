package io.planwarden.audit;

import io.planwarden.request.Caller;
import io.planwarden.storage.SqliteClaim;
import io.planwarden.storage.StoreFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a database, and databases made from copies. The target gets its name when it has been
 * checked.
 */
final class BackupCommand {
  private static final ChainNote.By OPERATOR =
      new ChainNote.By(new Caller("operator", "command", false, null, Set.of(), null), null, null);

  /** What is done to the copy before it gets its name. */
  @FunctionalInterface
  interface Finish {
    void on(Path copy) throws IOException, SQLException;
  }

  private BackupCommand() {}

  static int backup(Arguments arguments, PrintStream out) throws IOException, SQLException {
    arguments.allow(2, 2);
    return copy(arguments, null, out);
  }

  static int restore(Arguments arguments, Clock clock, PrintStream out)
      throws IOException, SQLException {
    arguments.allow(2, 2, "--lost");
    String lost =
        arguments
            .option("--lost")
            .orElseThrow(() -> new IllegalArgumentException("--lost is required"));
    Anchor anchor = lost.equals("unknown") ? null : arguments.anchor("--lost").orElseThrow();
    // A service that runs would be given the file in place of its own.
    try (SqliteClaim claim = SqliteClaim.of(arguments.files().get(1))) {
      return copy(arguments, copy -> append(copy, anchor, clock), out);
    }
  }

  /** Copies the first file to the second; what is found bad gets no name. */
  static int copy(Arguments arguments, @Nullable Finish finish, PrintStream out)
      throws IOException, SQLException {
    Path source = arguments.files().get(0);
    Path target = arguments.files().get(1);
    try (PartFile part = PartFile.of(target)) {
      StoreFile.refuseLeftOver(target);
      Path copy = part.path();
      StoreFile.copy(source, copy);
      ChainFile chain = new ChainFile(copy, false);
      Verification found = chain.check(null);
      if (finish != null && found.verdict() != Verification.Verdict.BAD) {
        finish.on(copy);
        found = chain.check(null);
      }
      if (found.verdict() != Verification.Verdict.BAD) {
        part.finish();
      }
      return VerifyCommand.print(found, out);
    }
  }

  private static void append(Path database, @Nullable Anchor lost, Clock clock)
      throws SQLException {
    try (Connection connection = StoreFile.openToWrite(database)) {
      connection.setAutoCommit(false);
      try (RowStatements statements = new RowStatements(connection)) {
        Appender rows = new Appender(statements, Chain.read(connection), clock);
        rows.append(ChainNote.restore(lost, OPERATOR));
      }
      connection.commit();
    }
  }
}
