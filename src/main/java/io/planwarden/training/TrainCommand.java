package io.planwarden.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service in the sandbox, on free ports of loopback and with a store that it throws
 * away, makes the requests of an ordinary day, and ends. A JVM that is told to ({@code
 * -XX:ArchiveClassesAtExit}, {@code -XX:AOTCacheOutput}) then keeps what it learnt.
 */
public final class TrainCommand {
  private static final int DEFAULT_ROUNDS = 200;
  private static final int WRONG_USAGE = 2;
  private static final String USAGE =
      """
      Usage: train [--rounds ROUNDS]
      Starts the service in the sandbox, makes the requests of an ordinary day, and ends.
        --rounds ROUNDS  how often each kind of request is made (default %d)
        --help           prints this"""
          .formatted(DEFAULT_ROUNDS);

  private TrainCommand() {}

  /**
   * Runs the command. The process has ended when it is done.
   *
   * @param end is told the exit code, 0 if every request was answered as expected, and what failed
   */
  public static void run(BiConsumer<Integer, @Nullable Throwable> end, String... options) {
    List<String> arguments = List.of(options);
    if (arguments.contains("--help")) {
      System.out.println(USAGE);
      end.accept(0, null);
      return;
    }
    try {
      serve(end, rounds(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      end.accept(WRONG_USAGE, null);
    }
  }

  private static int rounds(List<String> arguments) {
    if (arguments.isEmpty()) {
      return DEFAULT_ROUNDS;
    }
    if (arguments.size() == 2
        && arguments.get(0).equals("--rounds")
        && arguments.get(1).matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(arguments.get(1));
    }
    throw new IllegalArgumentException("--rounds and a number from 1 to 999999, or nothing");
  }

  private static void serve(BiConsumer<Integer, @Nullable Throwable> end, int rounds) {
    try {
      Path folder = Files.createTempDirectory("planwarden-training");
      String token = UUID.randomUUID().toString();
      settings(folder, token).forEach(System::setProperty);
      Quarkus.run(
          Training.class,
          (code, failure) -> {
            delete(folder);
            if (failure != null) {
              System.err.println("The day did not pass as expected: " + failure);
            }
            end.accept(code, failure);
          },
          token,
          Integer.toString(rounds));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stronger than the environment, which is that of an image. */
  private static Map<String, String> settings(Path folder, String token) throws IOException {
    return Map.ofEntries(
        Map.entry("planwarden.sandbox.enabled", "true"),
        Map.entry("planwarden.sandbox.port", "0"),
        Map.entry("planwarden.storage.kind", "sqlite"),
        Map.entry("planwarden.storage.path", folder.resolve("planwarden.db").toString()),
        Map.entry("planwarden.security.mode", "token"),
        Map.entry("planwarden.security.token.file", tokens(folder, token).toString()),
        // The day is short: nothing is to be held back.
        Map.entry("planwarden.upstream.rate", "0"),
        Map.entry("planwarden.ratelimit.reads", "1000000"),
        Map.entry("planwarden.ratelimit.changes", "1000000"),
        Map.entry("quarkus.http.host", "127.0.0.1"),
        Map.entry("quarkus.http.port", "0"),
        Map.entry("quarkus.management.host", "127.0.0.1"),
        Map.entry("quarkus.management.port", "0"),
        Map.entry("quarkus.shutdown.delay", "0s"));
  }

  private static Path tokens(Path folder, String token) throws IOException {
    Path file = folder.resolve("tokens.json");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        "{\"tokens\":[{\"caller\":\"training\",\"sha256\":\"%s\",\"roles\":[\"admin\"]}]}"
            .formatted(HexFormat.of().formatHex(sha256(token))));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
