package io.planwarden.audit;

import io.planwarden.storage.StoreRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * What can be done with the audit without the service, as a command of the packaged application.
 */
public final class AuditCommand {
  static final int GOOD = 0;
  static final int BAD = 1;
  static final int WRONG_USAGE = 2;
  static final int UNPROVEN = 3;
  static final int FAILED = 4;

  private static final String USAGE =
      """
      Usage: audit verify FILE... [--anchor SEQ:HASH] [--after SEQ:HASH] [--log]
             audit archive DATABASE FILE --through SEQ | --before TIME
             audit backup DATABASE FILE
             audit restore BACKUP DATABASE --lost SEQ:HASH | --lost unknown

      verify   checks a database, an export, or with --log a log that holds the audit's copy;
               several files are one chain. --after names the row before the first.
      archive  writes the oldest rows to a file and checks them; removes nothing.
      backup   makes a copy of a database; the service may be running.
      restore  makes a database from a backup, with a row that names what was lost.

      Exit codes: 0 good, 1 bad chain, 2 wrong usage, 3 not everything could be proved,
      4 a file could not be read or written.""";

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  private AuditCommand(PrintStream out, PrintStream err, Clock clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /** Runs the command; the result is the exit code of the process. */
  public static int run(String... args) {
    return new AuditCommand(System.out, System.err, Clock.systemUTC()).execute(args);
  }

  /** Runs the command; all that it says goes to {@code out}. */
  public static int run(PrintStream out, String... args) {
    return new AuditCommand(out, out, Clock.systemUTC()).execute(args);
  }

  private int execute(String... args) {
    List<String> all = Arrays.asList(args);
    if (all.isEmpty() || all.contains("--help")) {
      (all.isEmpty() ? err : out).println(USAGE);
      return all.isEmpty() ? WRONG_USAGE : GOOD;
    }
    List<String> rest = all.subList(1, all.size());
    try {
      return switch (all.get(0)) {
        case "verify" -> VerifyCommand.run(Arguments.of(rest), out);
        case "archive" -> ArchiveCommand.run(Arguments.of(rest), out);
        case "backup" -> BackupCommand.backup(Arguments.of(rest), out);
        case "restore" -> BackupCommand.restore(Arguments.of(rest), clock, out);
        default -> throw new IllegalArgumentException("unknown command audit " + all.get(0));
      };
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return WRONG_USAGE;
    } catch (StoreRefused e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (IOException | SQLException e) {
      err.println(e);
      return FAILED;
    }
  }
}
