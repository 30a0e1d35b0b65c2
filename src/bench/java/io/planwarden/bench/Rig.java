package io.planwarden.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the packaged application and the floors beside it, all before one stub of NCP, loads one
 * after the other, and prints what they did for their processor time. The peers have processor 0,
 * the stub and this have processor 1. See docs/performance.md.
 */
public final class Rig {
  /** Where everything is that a run leaves behind. */
  static final Path FOLDER = Path.of("target", "rig").toAbsolutePath();

  /** Connections to the stub; as many as the application's default. */
  static final int POOL = 50;

  private static final int STUB_PORT = 18100;
  private static final int PEERS_CPU = 0;
  private static final int LOAD_CPU = 1;
  private static final String FSYNCED = "PUT bare, fsynced line";
  private static final String ONE_PLAN = "/v1/usage-plans/" + Traffic.plan(0);
  private static final String FULL = "planwarden full";
  private static final String BUILD = "target/quarkus-app";
  private static final int QUOTA = 400;

  private final Options options;
  private final List<Peer> started = new ArrayList<>();
  private int port = STUB_PORT;

  private Rig(Options options) {
    this.options = options;
  }

  /** Takes the options of {@link Options}. */
  public static void main(String[] arguments) throws Exception {
    clear();
    Rig rig = new Rig(Options.of(arguments));
    try {
      rig.run();
    } finally {
      rig.started.forEach(Peer::close);
    }
  }

  private void run()
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    tokenFile();
    String classes = System.getProperty("java.class.path");
    Peer stub =
        start(
            "stub",
            LOAD_CPU,
            p ->
                List.of(
                    "-Xmx256m",
                    "-cp",
                    classes,
                    Stub.class.getName(),
                    p,
                    Integer.toString(options.stages())));
    Thread.sleep(1000);
    if (options.rows() > 0) {
      fill();
    }
    if (options.only().contains("start")) {
      startUp("planwarden start");
      if (options.rows() > 0) {
        startUp(FULL);
      }
    }
    if (options.only().equals(List.of("start"))) {
      return;
    }
    List<Case> cases = cases(classes);
    List<Peer> peers = cases.stream().map(Case::peer).distinct().toList();
    for (Peer peer : peers) {
      peer.awaitAnswer(ONE_PLAN);
    }
    Measuring measuring = new Measuring(options, stub, cases);
    measuring.warmUp();
    if (options.only().contains("load")) {
      measuring.load();
    }
    if (options.only().contains("latency")) {
      measuring.latency();
    }
    if (options.only().contains("faults")) {
      Faults faults = new Faults(options, stub, cases);
      faults.some();
      faults.all();
      Peer paced = one("planwarden paced", "upstream.rate=" + QUOTA);
      paced.awaitAnswer(ONE_PLAN);
      Case tooMany = new Case("PUT one call, paced", paced, Case.put(), FSYNCED);
      new Measuring(options, stub, List.of(tooMany)).warmUp();
      faults.tooMany(tooMany, QUOTA);
    }
    System.out.println("\n| process | resident MiB | peak |\n| --- | --- | --- |");
    for (Peer peer : peers) {
      System.out.printf("| %s | %d | %d |%n", peer.name, peer.residentMib(), peer.peakMib());
    }
  }

  /** Those that were asked for, with what they need started. */
  private List<Case> cases(String classes) throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    if (wanted("PUT bare") || wanted("GET bare")) {
      Peer bare = bare("bare", classes);
      cases.add(new Case("PUT bare", bare, Case.put(), ""));
      cases.add(new Case("GET bare", bare, Case.get(), ""));
    }
    if (wanted(FSYNCED)) {
      Peer fsync = bare("bare with fsync", classes, FOLDER.resolve("intents").toString());
      cases.add(new Case(FSYNCED, fsync, Case.put(), ""));
    }
    planwarden(cases, "", BUILD);
    if (!options.before().isEmpty()) {
      planwarden(cases, ", before", options.before());
    }
    if (options.rows() > 0) {
      Peer full = one(FULL);
      // Reads the catalog.
      full.awaitAnswer("/v1/stages?limit=1");
      full.awaitQuiet();
      cases.add(new Case("PUT one call, full", full, Case.put(), "PUT one call"));
      cases.add(new Case("GET uncached, full", full, Case.get(), "GET uncached"));
    }
    return cases.stream().filter(each -> wanted(each.name())).toList();
  }

  private Peer one(String name, String... more) throws IOException {
    List<String> settings =
        new ArrayList<>(List.of("change.before-read=false", "catalog.time-to-live=1h"));
    settings.addAll(List.of(more));
    return planwarden(name, PEERS_CPU, BUILD, settings.toArray(String[]::new));
  }

  /** Makes the store of the application that has a past. */
  private void fill()
      throws IOException, InterruptedException, SQLException, GeneralSecurityException {
    Peer peer = one(FULL);
    peer.awaitAnswer(ONE_PLAN);
    Load.closed(peer.port, Case.put(), 0, 1, 1);
    peer.close();
    started.remove(peer);
    History.add(store(FULL), options.rows());
  }

  private void planwarden(List<Case> cases, String mark, String build)
      throws IOException, InterruptedException {
    if (wanted("PUT one call" + mark) || wanted("GET uncached" + mark)) {
      Peer one = planwarden("planwarden" + mark, PEERS_CPU, build, "change.before-read=false");
      cases.add(new Case("PUT one call" + mark, one, Case.put(), FSYNCED));
      cases.add(new Case("GET uncached" + mark, one, Case.get(), "GET bare"));
    }
    if (wanted("PUT two calls" + mark)) {
      Peer two = planwarden("planwarden two calls" + mark, PEERS_CPU, build);
      cases.add(new Case("PUT two calls" + mark, two, Case.put(), FSYNCED));
    }
    if (wanted("GET cached" + mark) || wanted("GET 304" + mark)) {
      Peer cached =
          planwarden("planwarden cached" + mark, PEERS_CPU, build, "upstream.read-cache=1h");
      cached.awaitAnswer(ONE_PLAN);
      String tag = cached.get(ONE_PLAN).headers().firstValue("ETag").orElseThrow();
      cases.add(new Case("GET cached" + mark, cached, Case.getFew(), "GET bare"));
      cases.add(new Case("GET 304" + mark, cached, Case.known(tag), "GET bare"));
    }
  }

  private boolean wanted(String name) {
    return options.cases().isEmpty() || options.cases().stream().anyMatch(name::contains);
  }

  /** Not pinned: what a start may use is the whole machine. */
  private void startUp(String name) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      Peer peer = planwarden(name, -1, BUILD, "change.before-read=false");
      seconds.add(peer.awaitAnswer(ONE_PLAN));
      resident.add((double) peer.residentMib());
      peer.close();
      started.remove(peer);
    }
    System.out.printf(
        "%s to the first forwarded answer: %.2f s, %.0f MiB then (medians of %d)%n",
        name, Measuring.median(seconds), Measuring.median(resident), options.rounds());
  }

  private interface Command {
    List<String> with(String port);
  }

  private Peer start(String name, int cpu, Command command) throws IOException {
    return start(name, cpu, System.getProperty("java.home"), FOLDER, command);
  }

  private Peer start(String name, int cpu, String jvm, Path folder, Command command)
      throws IOException {
    int mine = port++;
    Peer peer = Peer.start(name, mine, cpu, jvm, folder, command.with(Integer.toString(mine)));
    started.add(peer);
    return peer;
  }

  private Peer bare(String name, String classes, String... file) throws IOException {
    return start(
        name,
        PEERS_CPU,
        p -> {
          List<String> command =
              new ArrayList<>(
                  List.of("-Xmx512m", "-cp", classes, Bare.class.getName(), p, "" + STUB_PORT));
          command.addAll(List.of(file));
          return command;
        });
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
          List<String> command = new ArrayList<>(List.of("-Xmx512m"));
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
        "security.token.file=" + FOLDER.resolve("tokens.json"),
        "upstream.rate=0",
        "upstream.concurrency=" + POOL,
        "upstream.queue=10000",
        "upstream.queue-per-caller=10000",
        "ratelimit.reads=1000000",
        "ratelimit.changes=1000000");
  }

  private static Path store(String name) {
    return FOLDER.resolve(name.replaceAll("[ ,]+", "-")).resolve("planwarden.db");
  }

  private static void tokenFile() throws IOException, GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(Traffic.TOKEN.getBytes(StandardCharsets.UTF_8));
    Path file = FOLDER.resolve("tokens.json");
    Files.writeString(
        file,
        "{\"tokens\":[{\"caller\":\"bench\",\"sha256\":\"%s\",\"roles\":[\"admin\"]}]}"
            .formatted(HexFormat.of().formatHex(hash)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void clear() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> all = Files.walk(FOLDER)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(FOLDER);
  }
}
