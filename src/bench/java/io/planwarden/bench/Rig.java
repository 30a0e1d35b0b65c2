package io.planwarden.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the packaged application, the floors and another gateway beside it, all before one stub of
 * NCP, loads one after the other, and prints what they did for their processor time. The peers have
 * processor 0, the stub and this have processor 1. See docs/performance.md.
 */
public final class Rig {
  /** Where everything is that a run leaves behind. */
  static final Path FOLDER = Path.of("target", "rig").toAbsolutePath();

  /** Connections to the stub; as many as the application's default. */
  static final int POOL = 50;

  private static final String FSYNCED = "PUT bare, fsynced line";
  private static final String ONE_PLAN = "/v1/usage-plans/" + Traffic.plan(0);
  private static final String FULL = "planwarden full";
  private static final String BUILD = "target/quarkus-app";
  private static final String ONE_CALL = "change.before-read=false";
  private static final int QUOTA = 400;

  private final Options options;
  private final Peers peers;

  private Rig(Options options, Peers peers) {
    this.options = options;
    this.peers = peers;
  }

  /** Takes the options of {@link Options}. */
  public static void main(String[] arguments) throws Exception {
    clear();
    Options options = Options.of(arguments);
    try (Peers peers = new Peers(options)) {
      new Rig(options, peers).run();
    }
  }

  private void run()
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    Peer stub = peers.stub();
    Thread.sleep(1000);
    if (options.rows() > 0) {
      fill();
    }
    if (options.only().contains("start")) {
      starts();
    }
    if (options.only().equals(List.of("start"))) {
      return;
    }
    List<Case> cases = cases();
    List<Peer> loaded = cases.stream().map(Case::peer).distinct().toList();
    for (Peer peer : loaded) {
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
    for (Peer peer : loaded) {
      System.out.printf("| %s | %d | %d |%n", peer.name, peer.residentMib(), peer.peakMib());
    }
  }

  /** Those that were asked for, with what they need started. */
  private List<Case> cases() throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    if (wanted("PUT bare") || wanted("GET bare")) {
      Peer bare = peers.bare("bare");
      cases.add(new Case("PUT bare", bare, Case.put(), ""));
      cases.add(new Case("GET bare", bare, Case.get(), ""));
    }
    if (wanted(FSYNCED)) {
      Peer fsync = peers.bare("bare with fsync", FOLDER.resolve("intents").toString());
      cases.add(new Case(FSYNCED, fsync, Case.put(), ""));
    }
    if (wanted("PUT gateway") || wanted("GET gateway")) {
      Peer gateway = peers.gateway("gateway", true);
      cases.add(new Case("PUT gateway", gateway, Case.put(), FSYNCED));
      cases.add(new Case("GET gateway", gateway, Case.get(), "GET bare"));
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
    List<String> settings = new ArrayList<>(List.of(ONE_CALL, "catalog.time-to-live=1h"));
    settings.addAll(List.of(more));
    return peers.planwarden(name, BUILD, settings.toArray(String[]::new));
  }

  /** Makes the store of the application that has a past. */
  private void fill()
      throws IOException, InterruptedException, SQLException, GeneralSecurityException {
    Peer peer = one(FULL);
    peer.awaitAnswer(ONE_PLAN);
    Load.closed(peer.port, Case.put(), 0, 1, 1);
    peers.end(peer);
    History.add(Peers.store(FULL), options.rows());
  }

  private void planwarden(List<Case> cases, String mark, String build)
      throws IOException, InterruptedException {
    if (wanted("PUT one call" + mark) || wanted("GET uncached" + mark)) {
      Peer one = peers.planwarden("planwarden" + mark, build, ONE_CALL);
      cases.add(new Case("PUT one call" + mark, one, Case.put(), FSYNCED));
      cases.add(new Case("GET uncached" + mark, one, Case.get(), "GET bare"));
    }
    if (wanted("PUT two calls" + mark)) {
      Peer two = peers.planwarden("planwarden two calls" + mark, build);
      cases.add(new Case("PUT two calls" + mark, two, Case.put(), FSYNCED));
    }
    if (wanted("GET cached" + mark) || wanted("GET 304" + mark)) {
      Peer cached = peers.planwarden("planwarden cached" + mark, build, "upstream.read-cache=1h");
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
  private void starts() throws IOException, InterruptedException {
    startUp("gateway start", () -> peers.gateway("gateway start", false));
    startUp("planwarden start", () -> peers.unpinned("planwarden start", BUILD, ONE_CALL));
    if (options.rows() > 0) {
      startUp(FULL, () -> peers.unpinned(FULL, BUILD, ONE_CALL));
    }
  }

  private interface Start {
    Peer peer() throws IOException;
  }

  private void startUp(String name, Start start) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      Peer peer = start.peer();
      seconds.add(peer.awaitAnswer(ONE_PLAN));
      resident.add((double) peer.residentMib());
      peers.end(peer);
    }
    System.out.printf(
        "%s to the first forwarded answer: %.2f s, %.0f MiB then (medians of %d)%n",
        name, Measuring.median(seconds), Measuring.median(resident), options.rounds());
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
