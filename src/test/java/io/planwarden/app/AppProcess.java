package io.planwarden.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The packaged application, or one of its commands, as a process of its own: the native executable
 * where one was built, and else the jar.
 */
public final class AppProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (https?://(?:127\\.0\\.0\\.1|0\\.0\\.0\\.0):\\d+)");
  private static final Pattern SANDBOX =
      Pattern.compile("Sandbox on (http://127\\.0\\.0\\.1:\\d+)");

  private static final Pattern MANAGEMENT =
      Pattern.compile(
          "Management interface listening on (http://(?:127\\.0\\.0\\.1|0\\.0\\.0\\.0):\\d+)");

  private static final List<String> FREE_PORTS =
      List.of("-Dquarkus.http.port=0", "-Dquarkus.http.ssl-port=0", "-Dquarkus.management.port=0");

  private final Process process;
  private final Path output;

  private AppProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts the service on free ports, with these environment variables and no others of ours, but
   * for the security mode, which is none unless they say otherwise.
   */
  public static AppProcess service(Map<String, String> environment) {
    Map<String, String> readable = new HashMap<>(environment);
    readable.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    return production(readable);
  }

  /** The same with its log as it is in production, in JSON. */
  public static AppProcess production(Map<String, String> environment) {
    return start(FREE_PORTS, List.of(), environment);
  }

  /** Starts a command. */
  public static AppProcess command(String... arguments) {
    return start(List.of(), List.of(arguments), Map.of());
  }

  /**
   * The service, or a command if there are arguments, as images start it: with what the JVM kept in
   * this folder.
   */
  public static AppProcess archived(
      Path folder, List<String> options, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(FREE_PORTS);
    command.addAll(options);
    command.add("@planwarden.args");
    command.addAll(arguments);
    return start(command, folder, environment);
  }

  private static AppProcess start(
      List<String> options, List<String> arguments, Map<String, String> environment) {
    List<String> command = command(options);
    command.addAll(arguments);
    return start(command, Path.of("."), environment);
  }

  private static AppProcess start(
      List<String> command, Path folder, Map<String, String> environment) {
    try {
      Path outputs = Files.createDirectories(Path.of("target/processes"));
      Path output = Files.createTempFile(outputs, "app", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(k -> k.startsWith("NCP_") || k.startsWith("PLANWARDEN_"));
      builder.environment().put("PLANWARDEN_SECURITY_MODE", "none");
      builder.environment().putAll(environment);
      return new AppProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    String executable = System.getProperty("planwarden.executable", "");
    if (executable.isEmpty()) {
      command.add(java());
      // It lives for seconds, and starts sooner so.
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(options);
      command.addAll(List.of("-jar", System.getProperty("planwarden.jar")));
    } else {
      command.add(executable);
      command.addAll(options);
    }
    return command;
  }

  private static String java() {
    return Path.of(javaHome(), "bin", "java").toString();
  }

  /** The JVM that the packaged application runs on. */
  public static String javaHome() {
    return System.getProperty("planwarden.java.home", System.getProperty("java.home"));
  }

  /** Waits until the service listens. */
  public String url() {
    return await(LISTENING);
  }

  /** Waits until health and metrics are served. */
  public String managementUrl() {
    return await(MANAGEMENT);
  }

  /** Waits until the stand-alone sandbox listens. */
  public String sandboxUrl() {
    return await(SANDBOX);
  }

  private String await(Pattern line) {
    return Awaitility.await()
        .atMost(START)
        .until(
            () -> {
              Matcher matcher = line.matcher(output());
              if (matcher.find()) {
                return matcher.group(1);
              }
              if (!process.isAlive()) {
                throw new IllegalStateException("the process ended:\n" + output());
              }
              return null;
            },
            url -> url != null);
  }

  /** Waits for the end; the result is the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end:\n" + output());
    }
    return process.exitValue();
  }

  /** Lets this much time pass, or less if the process ends; true if it has ended. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops it where it is, until {@link #resume}. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String[] command = {"kill", "-" + name, String.valueOf(process.pid())};
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("the process cannot be signalled:\n" + output());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as an orchestrator does. */
  public void terminate() {
    process.destroy();
  }

  /** The process, to be signalled. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    // Until then it has its database.
    process.destroyForcibly().onExit().join();
  }
}
