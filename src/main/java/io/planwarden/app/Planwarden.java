package io.planwarden.app;

import io.planwarden.training.TrainCommand;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The program: the service, or one of its commands, of which only the training runs the service.
 */
@QuarkusMain
public final class Planwarden {
  private static final int CONFIGURATION_ERROR = 78; // EX_CONFIG of sysexits.h

  private Planwarden() {}

  public static void main(String... args) {
    if (args.length == 0) {
      Quarkus.run(null, Planwarden::exit);
      return;
    }
    if (args[0].equals("train")) {
      TrainCommand.run(Planwarden::exit, Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    // Quarkus sets it for the service; the commands' libraries log as well.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    System.exit(Commands.run(args));
  }

  private static void exit(int code, @Nullable Throwable failure) {
    String reason = reason(failure);
    if (reason != null) {
      System.err.printf("%nPlanwarden does not start.%n%n%s%n", reason.strip().indent(2));
      end(CONFIGURATION_ERROR);
      return;
    }
    if (failure != null) {
      Logger.getLogger(Planwarden.class).error("Planwarden does not start", failure);
    }
    end(code);
  }

  /** Ends the process, but in dev mode, where the service is started anew when code has changed. */
  private static void end(int code) {
    ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, null);
  }

  /** What the operator can do about it, null if nothing is known. */
  private static @Nullable String reason(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        return cause.getMessage();
      }
      if (cause instanceof ConfigValidationException) {
        return "A setting has a value that it cannot have.\n" + cause.getMessage();
      }
      if (cause instanceof QuarkusBindException bind) {
        return "In use by another process: port %d. Set QUARKUS_HTTP_PORT or QUARKUS_MANAGEMENT_PORT."
            .formatted(bind.getPort());
      }
    }
    return null;
  }
}
