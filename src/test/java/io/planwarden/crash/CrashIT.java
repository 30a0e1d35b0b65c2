package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.AppProcess;
import io.planwarden.app.SandboxClient;
import io.planwarden.crash.CrashPoint.Still;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed again and again, at named points and at random, while clients change
 * everything; then what the audit says is compared with what truly took effect and with what the
 * clients were told. 8 kills under 8 writers in a normal build, {@code -Plong} for 200 under 32.
 *
 * <p>A named point needs no hook in the service: the process is stopped at random moments (SIGSTOP)
 * and its file and the sandbox's ledger are looked at, until some change stands at the point.
 */
class CrashIT {
  private static final Logger LOG = Logger.getLogger(CrashIT.class);
  private static final int KILLS = Integer.getInteger("crash.kills", 8);
  private static final int WRITERS = Integer.getInteger("crash.writers", 8);
  private static final int MOST_LOOKS = 40;
  private static final int DELAY = 150;
  private static final int LATE = 4_000;
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final Random random = new Random();
  private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
  @TempDir Path folder;
  private AppProcess sandboxProcess;
  private StoredAudit audit;
  private TrueEffects effects;
  private Verdict verdict;
  private Writers writers;

  @BeforeEach
  void start() {
    sandboxProcess = AppProcess.command("sandbox", "--port", "0");
    String url = sandboxProcess.sandboxUrl();
    new SandboxClient(URI.create(url))
        .misbehave(
            List.of(
                Hardship.rule("delay", 0.15, Map.of("delayMs", DELAY, "effect", "late")),
                Hardship.rule("delay", 0.15, Map.of("delayMs", DELAY, "effect", "now")),
                // After the next process has begun to look, and before the horizon.
                Hardship.rule("late-commit", 0.1, Map.of("delayMs", LATE, "match", "create-plan")),
                Hardship.rule("reset-before-effect", 0.02, Map.of()),
                Hardship.rule("reset-after-effect", 0.02, Map.of())));
    audit = StoredAudit.of(folder.resolve("planwarden.db"));
    effects = new TrueEffects(url);
    verdict = new Verdict(audit, effects);
    writers = new Writers(WRITERS);
  }

  @AfterEach
  void stop() {
    writers.close();
    sandboxProcess.close();
  }

  @Test
  void killedAgainAndAgain_tellsNothingButTheTruth() throws Exception {
    CrashPoint[] points = CrashPoint.values();
    for (int kill = 0; kill < KILLS; kill++) {
      crash(points[kill % points.length]);
      LOG.infof("kill %d of %d: %d rows, %s", kill + 1, KILLS, audit.rows(), reached);
    }
    endInPeace();

    verdict.atTheEnd(writers.told());
    LOG.infof(
        "%d kills, %d rows, %d operations, %d effects, told %s, killed at %s",
        KILLS,
        audit.rows(),
        audit.operations().size(),
        effects.all().size(),
        writers.summary(),
        reached);
    assertThat(effects.all()).hasSizeGreaterThan(KILLS);
    assertThat(reached.keySet())
        .as("points that had to be waited for")
        .containsAnyElementsOf(CrashPoint.told());
    if (KILLS >= 2 * points.length) {
      assertThat(reached).containsOnlyKeys(points);
      assertThat(effects.all().keySet().stream().map(mark -> mark.split(" ")[0]).distinct())
          .as("kinds of changes")
          .hasSize(7);
    }
  }

  /** One process from its start to its kill. */
  private void crash(CrashPoint point) throws Exception {
    try (AppProcess app = app()) {
      if (point == CrashPoint.START) {
        app.endsWithin(Duration.ofMillis(random.nextInt(2_000)));
      } else {
        String url = app.url();
        writers.serve(url);
        reach(point, app);
      }
      // What is stopped dies as well; nobody begins to ask what is already gone.
      writers.rest();
      app.handle().destroyForcibly();
      app.exitCode();
    }
    if (point == CrashPoint.START || point == CrashPoint.RANDOM) {
      reached.merge(point, 1, Integer::sum);
    }
    writers.awaitAnswers();
    verdict.afterKill(writers.told());
  }

  private void reach(CrashPoint point, AppProcess app) throws Exception {
    Set<StoredOperation> inherited = new HashSet<>();
    audit.operations().stream().filter(left -> !left.hasEnded()).forEach(inherited::add);
    if (point == CrashPoint.RANDOM) {
      app.endsWithin(Duration.ofMillis(100 + random.nextInt(1_400)));
      return;
    }
    if (point != CrashPoint.RECOVERY) {
      writers.awaitAnswers(random.nextInt(4 * WRITERS), WARM_UP);
    }
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      app.endsWithin(Duration.ofMillis(10 + random.nextInt(90)));
      app.pause();
      // What it wrote to its connections before arrives.
      app.endsWithin(Duration.ofMillis(20));
      audit.read();
      effects.read();
      Still still =
          new Still(
              Set.copyOf(writers.underWay()), inherited, effects.unanswered(), audit, effects);
      if (point.countIn(still) > 0) {
        CrashPoint.told().stream()
            .filter(each -> each.countIn(still) > 0)
            .forEach(each -> reached.merge(each, 1, Integer::sum));
        return;
      }
      app.resume();
      if (point == CrashPoint.RECOVERY && inherited.stream().allMatch(StoredOperation::hasEnded)) {
        break;
      }
    }
    LOG.infof("%s was not met", point);
  }

  /** The last process lives until nothing is open. */
  private void endInPeace() throws Exception {
    try (AppProcess app = app()) {
      writers.serve(app.url());
      writers.awaitAnswers(16 * WRITERS, Duration.ofSeconds(20));
      writers.finish();
      long last = System.nanoTime();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> audit.open() == 0);
      LOG.infof(
          "nothing is open %s after the last change", Duration.ofNanos(System.nanoTime() - last));
    }
    audit.read();
    effects.read();
  }

  private AppProcess app() {
    return AppProcess.service(
        Hardship.settings(
            sandboxProcess.sandboxUrl(),
            Map.of(
                "PLANWARDEN_STORAGE_PATH", folder.resolve("planwarden.db").toString(),
                "PLANWARDEN_CHANGE_HORIZON", "5s",
                "PLANWARDEN_CHANGE_STALENESS_WINDOW", "100ms",
                "PLANWARDEN_UPSTREAM_RATE", "0",
                "PLANWARDEN_UPSTREAM_PAUSE", "50ms")));
  }
}
