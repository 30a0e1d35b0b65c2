package io.planwarden.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Starts the processes of a run, each on a port of its own, and ends them. */
final class Peers implements AutoCloseable {
  private static final int STUB_PORT = 18100;
  private static final int PEERS_CPU = 0;
  private static final int LOAD_CPU = 1;
  private static final String HEAP = "-Xmx512m";
  private static final String CLASSES = System.getProperty("java.class.path");
  private static final Path GATEWAY = Path.of("bench", "gateway", "target").toAbsolutePath();

  private final Options options;
  private final List<Peer> started = new ArrayList<>();
  private int port = STUB_PORT;

  Peers(Options options) throws IOException, GeneralSecurityException {
    this.options = options;
    tokenFile();
  }

  /** NCP; to be started first. */
  Peer stub() throws IOException {
    String stages = Integer.toString(options.stages());
    return start("stub", LOAD_CPU, p -> java("-Xmx256m", CLASSES, Stub.class.getName(), p, stages));
  }

  /** A floor, which writes the lines of its edits to the file if there is one. */
  Peer bare(String name, String... file) throws IOException {
    return start(
        name,
        PEERS_CPU,
        p -> {
          List<String> command = java(HEAP, CLASSES, Bare.class.getName(), p, "" + STUB_PORT);
          command.addAll(List.of(file));
          return command;
        });
  }

  /** Spring Cloud Gateway, on the processor of the peers or on any. */
  Peer gateway(String name, boolean pinned) throws IOException {
    String classes =
        GATEWAY.resolve("classes") + ":" + Files.readString(GATEWAY.resolve("classpath"));
    return start(
        name,
        pinned ? PEERS_CPU : -1,
        p ->
            java(
                HEAP,
                classes,
                "io.planwarden.bench.SpringGateway",
                p,
                "" + STUB_PORT,
                "" + Rig.POOL));
  }

  /** The application as {@code build} has it, on the processor of the peers. */
  Peer planwarden(String name, String build, String... settings) throws IOException {
    return planwarden(name, PEERS_CPU, build, settings);
  }

  /** The same, on any processor. */
  Peer unpinned(String name, String build, String... settings) throws IOException {
    return planwarden(name, -1, build, settings);
  }

  private Peer planwarden(String name, int cpu, String build, String... settings)
      throws IOException {
    Path folder = Path.of(build).toAbsolutePath();
    return start(
        name,
        cpu,
        options.jvm(),
        folder,
        p -> {
          List<String> command = new ArrayList<>(List.of(HEAP));
          command.addAll(options.java());
          command.add("-Dquarkus.http.port=" + p);
          command.add("-Dquarkus.management.port=0");
          Stream.concat(common(name).stream(), Stream.of(settings))
              .map("-Dplanwarden."::concat)
              .forEach(command::add);
          command.addAll(program(folder));
          return command;
        });
  }

  /** As images start it, if {@code bin/archive} has been there. */
  private static List<String> program(Path build) {
    return Files.exists(build.resolve("planwarden.args"))
        ? List.of("@planwarden.args")
        : List.of("-jar", "quarkus-run.jar");
  }

  /** All that it can do is on; what would hold the load back is out of its way. */
  private static List<String> common(String name) {
    return List.of(
        "ncp.base-url=http://127.0.0.1:" + STUB_PORT,
        "ncp.access-key=" + Signature.KEY,
        "ncp.secret-key=" + Signature.SECRET,
        "storage.path=" + store(name),
        "security.mode=token",
        "security.token.file=" + tokens(),
        "upstream.rate=0",
        "upstream.concurrency=" + Rig.POOL,
        "upstream.queue=10000",
        "upstream.queue-per-caller=10000",
        "ratelimit.reads=1000000",
        "ratelimit.changes=1000000");
  }

  /** Where the application of this name keeps its audit. */
  static Path store(String name) {
    return Rig.FOLDER.resolve(name.replaceAll("[ ,]+", "-")).resolve("planwarden.db");
  }

  private static Path tokens() {
    return Rig.FOLDER.resolve("tokens.json");
  }

  private static void tokenFile() throws IOException, GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(Traffic.TOKEN.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        tokens(),
        "{\"tokens\":[{\"caller\":\"bench\",\"sha256\":\"%s\",\"roles\":[\"admin\"]}]}"
            .formatted(HexFormat.of().formatHex(hash)));
    Files.setPosixFilePermissions(tokens(), PosixFilePermissions.fromString("rw-------"));
  }

  private static List<String> java(String heap, String classes, String... program) {
    List<String> command = new ArrayList<>(List.of(heap, "-cp", classes));
    command.addAll(List.of(program));
    return command;
  }

  private interface Command {
    List<String> with(String port);
  }

  private Peer start(String name, int cpu, Command command) throws IOException {
    return start(name, cpu, System.getProperty("java.home"), Rig.FOLDER, command);
  }

  private Peer start(String name, int cpu, String jvm, Path folder, Command command)
      throws IOException {
    int mine = port++;
    Peer peer = Peer.start(name, mine, cpu, jvm, folder, command.with(Integer.toString(mine)));
    started.add(peer);
    return peer;
  }

  /** Ends one before the others. */
  void end(Peer peer) {
    peer.close();
    started.remove(peer);
  }

  @Override
  public void close() {
    started.forEach(Peer::close);
  }
}
