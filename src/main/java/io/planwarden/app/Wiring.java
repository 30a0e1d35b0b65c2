package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.change.ChangeConfig;
import io.planwarden.change.Changes;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.ncp.Credentials;
import io.planwarden.ncp.NcpGateway;
import io.planwarden.ncp.NcpSettings;
import io.planwarden.ncp.Secret;
import io.planwarden.sandbox.SandboxSettings;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** Puts the parts together; reading it tells what happens on every call to NCP. */
final class Wiring {
  // The defaults of NcpSettings for what is not worth a setting of its own.
  private static final NcpSettings DEFAULTS = NcpSettings.of(URI.create("http://127.0.0.1"));

  private Wiring() {}

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  @Typed(NcpGateway.class)
  static NcpGateway ncp(
      Vertx vertx,
      NcpConfig config,
      SandboxConfig sandboxConfig,
      SandboxProcess sandbox,
      Clock clock) {
    URI origin =
        sandboxConfig.enabled()
            ? sandbox.origin()
            : config.baseUrl().orElseGet(() -> config.zone().origin());
    Credentials credentials =
        sandboxConfig.enabled()
            ? new Credentials(SandboxSettings.ACCESS_KEY, new Secret(SandboxSettings.SECRET_KEY))
            : new Credentials(
                config.accessKey().orElseThrow(), new Secret(config.secretKey().orElseThrow()));
    return new NcpGateway(vertx, settings(origin, config), () -> credentials, clock);
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

  @Produces
  @Singleton
  static GatewayReads reads(NcpGateway ncp) {
    return ncp;
  }

  @Produces
  @Singleton
  static Changes changes(
      GatewayReads reads,
      NcpGateway writes,
      Audit audit,
      ChangeConfig config,
      Clock clock,
      ScheduledExecutorService timer) {
    return new Changes(reads, writes, audit, config, clock, timer);
  }
}
