package io.planwarden.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;

/** Checks files and prints what is found, a line each. */
final class VerifyCommand {
  private VerifyCommand() {}

  static int run(Arguments arguments, PrintStream out) throws IOException, SQLException {
    arguments.allow(1, Integer.MAX_VALUE, "--anchor", "--after", "--log");
    ChainCheck check =
        new ChainCheck(
            arguments.anchor("--anchor").orElse(null), arguments.anchor("--after").orElse(null));
    for (Path file : arguments.files()) {
      FollowingFile rows = new FollowingFile(check);
      new ChainFile(file, arguments.has("--log")).read(rows::add);
      rows.end();
    }
    return print(check.end(), out);
  }

  /** Prints a result; the exit code that it stands for. */
  static int print(Verification found, PrintStream out) {
    found
        .findings()
        .forEach(
            finding ->
                out.printf(
                    "BAD row %d %s: %s%n",
                    finding.seq(), finding.fault().word(), finding.detail()));
    found.unproven().forEach(reason -> out.printf("UNPROVEN %s%n", reason));
    if (found.firstSeq() != null && found.lastSeq() != null) {
      out.printf("rows %d to %d read%n", found.firstSeq(), found.lastSeq());
    } else {
      out.println("no rows");
    }
    if (found.beyondAnchor() != null) {
      out.printf(
          "rows %d to %d lie beyond %s%n",
          found.beyondAnchor().from(),
          found.beyondAnchor().to(),
          found.anchor() == null ? "any anchor: none was given" : "the anchor");
    }
    if (found.head() != null) {
      out.printf("head %s%n", found.head());
    }
    out.println(found.verdict().word());
    return switch (found.verdict()) {
      case GOOD -> AuditCommand.GOOD;
      case BAD -> AuditCommand.BAD;
      case UNPROVEN -> AuditCommand.UNPROVEN;
    };
  }
}
