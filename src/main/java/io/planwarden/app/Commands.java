package io.planwarden.app;

import io.planwarden.audit.AuditCommand;
import io.planwarden.sandbox.SandboxCommand;
import io.planwarden.security.TokenCommand;
import java.util.Arrays;

/** The commands of the program's jar, each one word and its options. */
final class Commands {
  private static final String USAGE =
      """
      Usage: java -jar quarkus-run.jar [COMMAND]

      Without a command the service starts; it is configured by properties and environment
      variables, see docs/configuration.md.

      Commands:
        sandbox [--port PORT] [--host HOST]
                                run the simulated NCP alone, on a loopback port
        token new --caller ID --role ROLE... [--product ID...]
                                make a token for a caller, and its entry for the token file
        audit COMMAND           verify, archive, backup or restore an audit, see docs/audit.md
        train [--rounds ROUNDS] make the requests of an ordinary day in the sandbox, for a JVM
                                that is told to keep what it learns, see docs/deployment.md
      """;

  private Commands() {}

  /** Runs a command to its end; the result is the exit code of the process. */
  static int run(String... args) {
    String[] options = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "audit" -> AuditCommand.run(options);
      case "sandbox" -> SandboxCommand.run(options);
      case "token" -> TokenCommand.run(options);
      case "help", "--help", "-h" -> {
        System.out.print(USAGE);
        yield 0;
      }
      default -> {
        System.err.println("Unknown command: " + args[0]);
        System.err.print(USAGE);
        yield 2;
      }
    };
  }
}
