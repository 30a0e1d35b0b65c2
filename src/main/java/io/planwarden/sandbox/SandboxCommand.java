package io.planwarden.sandbox;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** The sandbox alone, as a command of the packaged application. */
public final class SandboxCommand {

  private static final int DEFAULT_PORT = 8091;
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final String USAGE =
      """
      Usage: sandbox [--port PORT] [--host HOST]
      Runs a simulated NCP API Gateway management API until it is stopped.
        --port PORT  the port to listen on, 0 for any free one (default %d)
        --host HOST  the loopback address to listen on (default 127.0.0.1)
        --help       prints this"""
          .formatted(DEFAULT_PORT);

  private final PrintStream out;
  private final PrintStream err;

  SandboxCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command; once the sandbox listens it blocks until the process is stopped or the thread
   * interrupted.
   *
   * @return the exit code: 0 help or interrupted, 1 could not listen, 2 wrong usage
   */
  public static int run(String... args) {
    return new SandboxCommand(System.out, System.err).execute(List.of(args));
  }

  int execute(List<String> args) {
    if (args.contains("--help")) {
      out.println(USAGE);
      return OK;
    }
    try {
      return serve(settings(args.iterator()));
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return WRONG_USAGE;
    }
  }

  private static SandboxSettings settings(Iterator<String> args) {
    SandboxSettings settings = SandboxSettings.defaults().withPort(DEFAULT_PORT);
    while (args.hasNext()) {
      String option = args.next();
      settings =
          switch (option) {
            case "--port" -> settings.withPort(port(value(option, args)));
            case "--host" -> settings.withHost(value(option, args));
            default -> throw new IllegalArgumentException("unknown option " + option);
          };
    }
    return settings;
  }

  private static String value(String option, Iterator<String> args) {
    if (!args.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return args.next();
  }

  private static int port(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port must be a number, was " + value, e);
    }
  }

  private int serve(SandboxSettings settings) {
    Vertx vertx = Vertx.vertx();
    try {
      Sandbox sandbox =
          Sandbox.start(vertx, settings).toCompletionStage().toCompletableFuture().get();
      announce(sandbox.url(), settings);
      // Nothing ends this wait but an interrupt; SIGTERM ends the process, and nothing is to save.
      new CountDownLatch(1).await();
      return OK;
    } catch (ExecutionException e) {
      err.println("cannot listen on port " + settings.port() + ": " + e.getCause());
      return FAILED;
    } catch (InterruptedException e) {
      return OK;
    } finally {
      vertx.close();
    }
  }

  private void announce(String url, SandboxSettings settings) {
    out.printf(
        "Sandbox on %s with access key %s; point Planwarden at it: NCP_ACCESS_KEY=%s"
            + " NCP_SECRET_KEY=%s PLANWARDEN_NCP_BASE_URL=%s%n",
        url, settings.accessKey(), settings.accessKey(), settings.secretKey(), url);
    out.flush();
  }
}
