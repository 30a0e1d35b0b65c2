package io.planwarden.app;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.planwarden.audit.Audit;
import io.planwarden.audit.AuditQuery;
import io.planwarden.change.ChangeConfig;
import io.planwarden.change.Changes;
import io.planwarden.change.Repeats;
import io.planwarden.gateway.ConfinedReads;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.idempotency.IdempotencyKeys;
import io.planwarden.ncp.KeyRing;
import io.planwarden.ncp.NcpGateway;
import io.planwarden.ncp.NcpSettings;
import io.planwarden.replica.Leases;
import io.planwarden.resilience.Resilience;
import io.planwarden.resilience.ResilienceConfig;
import io.planwarden.resilience.SigningKeys;
import io.planwarden.resilience.SkewMeter;
import io.planwarden.resilience.SkewNaming;
import io.planwarden.resilience.Surroundings;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.microprofile.config.Config;

/** Puts the parts together; reading it tells what happens on every call to NCP. */
final class Wiring {
  // The defaults of NcpSettings for what is not worth a setting of its own.
  private static final NcpSettings DEFAULTS = NcpSettings.of(URI.create("http://127.0.0.1"));

  // One may block for a moment, reading a file with keys.
  private static final int TIMER_THREADS = 2;

  private Wiring() {}

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  static SkewMeter skew() {
    return new SkewMeter();
  }

  /**
   * What is waited for, of which most never comes: a deadline that a change meets, a turn that is
   * taken at once. The platform's own executor keeps what was cancelled until it would have been
   * due, and with it all that the request was.
   */
  @Produces
  @Singleton
  @Typed(ScheduledThreadPoolExecutor.class)
  static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            TIMER_THREADS,
            task -> {
              Thread thread = new Thread(task, "timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  static void stop(@Disposes ScheduledThreadPoolExecutor timer) {
    timer.shutdownNow();
  }

  /** What calls to NCP are signed with. */
  @Produces
  @Singleton
  static KeyRing keys(NcpConfig config, SandboxConfig sandbox, Clock clock, KeyWatch watch) {
    return sandbox.enabled() ? NcpKeys.ofSandbox(clock, watch) : NcpKeys.of(config, clock, watch);
  }

  @Produces
  @Singleton
  @Typed(NcpGateway.class)
  static NcpGateway ncp(
      Vertx vertx,
      NcpConfig config,
      SandboxConfig sandboxConfig,
      SandboxProcess sandbox,
      KeyRing keys,
      Clock clock,
      SkewMeter skew) {
    URI origin =
        sandboxConfig.enabled()
            ? sandbox.origin()
            : config.baseUrl().orElseGet(() -> config.zone().origin());
    return new NcpGateway(
        vertx, settings(origin, config), keys::credentials, clock, skew::answered);
  }

  private static NcpSettings settings(URI origin, NcpConfig config) {
    return new NcpSettings(
        origin,
        config.connectTimeout(),
        config.attemptTimeout(),
        DEFAULTS.idleTimeout(),
        DEFAULTS.poolSize(),
        DEFAULTS.maxAnswerBytes());
  }

  static void close(@Disposes NcpGateway ncp) {
    ncp.close();
  }

  /** Where traces are off, one that makes nothing; the platform's makes spans that go nowhere. */
  @Produces
  @Singleton
  static Tracer tracer(OpenTelemetry telemetry, Config config) {
    boolean off = config.getValue("quarkus.otel.sdk.disabled", Boolean.class);
    return (off ? OpenTelemetry.noop() : telemetry).getTracer("planwarden");
  }

  /** Every call to NCP: paced, retried, broken off; each attempt watched, signed and sent. */
  @Produces
  @Singleton
  static Resilience resilience(
      NcpGateway ncp,
      KeyRing keys,
      SkewMeter skew,
      ResilienceConfig config,
      Replicas replicas,
      Clock clock,
      ScheduledThreadPoolExecutor timer,
      UpstreamMetrics metrics,
      Tracer tracer) {
    SkewNaming named = new SkewNaming(ncp, ncp, skew);
    WatchedAttempts watched = new WatchedAttempts(named, named, tracer, metrics);
    Surroundings surroundings = new Surroundings(clock, System::nanoTime, timer, new Random());
    return new Resilience(
        watched, watched, config, replicas::permits, surroundings, signing(keys), metrics);
  }

  private static SigningKeys signing(KeyRing keys) {
    return new SigningKeys() {
      @Override
      public int number() {
        return keys.number();
      }

      @Override
      public boolean replace(int refused) {
        return keys.replace(refused);
      }
    };
  }

  /** What resources read with, each caller what it may; changes never read from a cache. */
  @Produces
  @Singleton
  static GatewayReads reads(Resilience resilience) {
    return new ConfinedReads(resilience.cachedReads());
  }

  @Produces
  @Singleton
  static Changes changes(
      Resilience resilience,
      Audit audit,
      AuditQuery recorded,
      IdempotencyKeys keys,
      Leases leases,
      ChangeConfig config,
      Clock clock,
      ScheduledThreadPoolExecutor timer) {
    Repeats repeats = new Repeats(keys, recorded::operation);
    return new Changes(
        resilience.reads(),
        resilience.writes(),
        audit,
        new RecordedInAudit(recorded),
        repeats,
        leases,
        config,
        clock,
        timer);
  }

  static void stop(@Disposes Changes changes) {
    changes.stop();
  }
}
