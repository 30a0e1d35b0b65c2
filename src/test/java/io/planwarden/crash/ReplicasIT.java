package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.AppProcess;
import io.planwarden.app.SandboxClient;
import io.planwarden.storage.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one database are killed, stopped for longer than their lease, and cut off from
 * the database, while clients change everything through all of them, some the same plans; then what
 * the audit says is compared with what truly took effect and with what the clients were told. 3
 * mishaps in a normal build, {@code -Plong} for 120.
 */
class ReplicasIT {
  private static final Logger LOG = Logger.getLogger(ReplicasIT.class);
  private static final int MISHAPS = Integer.getInteger("replicas.mishaps", 3);
  private static final int RATE = 90;
  private static final Duration LEASE = Duration.ofSeconds(3);

  private enum Mishap {
    STOPPED,
    KILLED,
    CUT_OFF
  }

  // In effect in the end, each of them.
  private static final List<Map<String, Object>> LATE_OR_UNANSWERED =
      List.of(
          Hardship.rule("delay", 0.1, Map.of("delayMs", 150, "effect", "late")),
          Hardship.rule("late-commit", 0.02, Map.of("delayMs", 2_000)),
          Hardship.rule("reset-after-effect", 0.02, Map.of()));

  private final Random random = new Random();
  private final List<Replica> replicas = new ArrayList<>();
  private final Map<Mishap, Integer> befell = new TreeMap<>();
  @TempDir Path folder;
  private AppProcess sandboxProcess;
  private SandboxClient sandbox;
  private StoredAudit audit;
  private TrueEffects effects;
  private Verdict verdict;
  private Writers writers;

  @BeforeEach
  void start() {
    sandboxProcess = AppProcess.command("sandbox", "--port", "0");
    String url = sandboxProcess.sandboxUrl();
    sandbox = new SandboxClient(URI.create(url));
    sandbox.misbehave(LATE_OR_UNANSWERED);
    TestPostgres database = new TestPostgres(folder);
    audit = new StoredAudit(database::connect);
    effects = new TrueEffects(url);
    verdict = new Verdict(audit, effects);
    for (int i = 0; i < 3; i++) {
      replicas.add(new Replica("replica" + i, database.url(), settings(url)));
    }
    replicas.forEach(Replica::start);
    writers = new Writers(8);
  }

  @AfterEach
  void stop() {
    writers.close();
    replicas.forEach(Replica::close);
    sandboxProcess.close();
  }

  @Test
  void whateverBefallsReplicas_oneTruthRemains() throws Exception {
    serve();
    keySentToAllAtOnce_hasOneEffect();
    sandbox.misbehave(withLost(LATE_OR_UNANSWERED));
    Map<String, String> shared = writers.plans(3);
    writers.contend(6, shared);
    for (int i = 0; i < MISHAPS; i++) {
      writers.awaitAnswers(20 + random.nextInt(40), Duration.ofSeconds(5));
      Mishap mishap = Mishap.values()[i % Mishap.values().length];
      befall(mishap, replicas.get(random.nextInt(replicas.size())));
      befell.merge(mishap, 1, Integer::sum);
      verdict.afterKill(writers.told());
      LOG.infof("mishap %d of %d, %s: %d rows", i + 1, MISHAPS, mishap, audit.rows());
    }
    writers.awaitAnswers(60, Duration.ofSeconds(10));
    writers.finish();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> audit.open() == 0);

    verdict.atTheEnd(writers.told());
    verdict.eachSawWhatTheOneBeforeItLeft();
    int most = sandbox.mostCallsInASecond();
    LOG.infof(
        "%s, %d rows, %d operations, %d effects, told %s, at most %d calls in a second of %d",
        befell,
        audit.rows(),
        audit.operations().size(),
        effects.all().size(),
        writers.summary(),
        most,
        RATE);
    // Sent within the rate; the way to the sandbox, and a process that stands still, push some
    // together. Without sharing it would be up to three times as many.
    assertThat(most).isLessThan(2 * RATE);
  }

  private static List<Map<String, Object>> withLost(List<Map<String, Object>> rules) {
    List<Map<String, Object>> all = new ArrayList<>(rules);
    all.add(Hardship.rule("reset-before-effect", 0.02, Map.of()));
    return all;
  }

  /** A client that was not answered sends its request again, and meets another replica. */
  private void keySentToAllAtOnce_hasOneEffect() throws Exception {
    Ask ask = Ask.create("Sent three times");
    List<CompletableFuture<Told>> answers =
        replicas.stream().map(replica -> writers.send(replica.url(), ask, "the-key")).toList();
    for (CompletableFuture<Told> answer : answers) {
      assertThat(answer.join().status()).as("%s", answer.join()).isIn(201, 409, 503, 504);
    }
    List<Told> again = new ArrayList<>();
    for (Replica replica : replicas) {
      again.add(
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> writers.send(replica.url(), ask, "the-key").join(), Told::isSuccess));
    }

    effects.read();
    assertThat(effects.of(ask.mark())).hasSize(1);
    assertThat(again).extracting(Told::operationId).containsOnly(again.get(0).operationId());
  }

  private void befall(Mishap mishap, Replica replica) throws Exception {
    switch (mishap) {
      case KILLED -> {
        replica.kill();
        replica.start();
        serve();
      }
      case STOPPED -> {
        replica.process().pause();
        whileOthersGoOn();
        replica.process().resume();
      }
      case CUT_OFF -> {
        replica.cutOff();
        whileOthersGoOn();
        replica.connect();
      }
    }
  }

  /** For less than a lease, or for longer. */
  private void whileOthersGoOn() {
    long most = LEASE.multipliedBy(2).toMillis();
    writers.awaitAnswers(Integer.MAX_VALUE / 2, Duration.ofMillis(random.nextLong(200, most)));
  }

  private void serve() {
    writers.serveAt(replicas.stream().map(Replica::url).toList());
  }

  private static Map<String, String> settings(String sandboxUrl) {
    return Hardship.settings(
        sandboxUrl,
        Map.of(
            "PLANWARDEN_STORAGE_KIND", "postgresql",
            "PLANWARDEN_REPLICA_COUNT", "3",
            "PLANWARDEN_REPLICA_LEASE", LEASE.toSeconds() + "s",
            "PLANWARDEN_CHANGE_HORIZON", "4s",
            "PLANWARDEN_CHANGE_LOCK_WAIT", "2s",
            "PLANWARDEN_CHANGE_STALENESS_WINDOW", "1s",
            "PLANWARDEN_UPSTREAM_RATE", String.valueOf(RATE)));
  }
}
