package io.planwarden.app;

import io.planwarden.ncp.NcpSettings;
import io.planwarden.storage.StorageConfig;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What must be right before anything is begun; each message names the setting to change. */
@Singleton
final class StartupChecks {
  private final NcpConfig ncp;
  private final SandboxConfig sandbox;
  private final StorageConfig storage;
  private final SecurityConfig security;

  StartupChecks(
      NcpConfig ncp, SandboxConfig sandbox, StorageConfig storage, SecurityConfig security) {
    this.ncp = ncp;
    this.sandbox = sandbox;
    this.storage = storage;
    this.security = security;
  }

  /** Throws {@link StartRefused} at the first thing that is wrong. */
  void run() {
    reasonAgainst()
        .ifPresent(
            reason -> {
              throw new StartRefused(reason);
            });
  }

  private Optional<String> reasonAgainst() {
    if (sandbox.enabled() && (NcpKeys.areGiven(ncp) || ncp.baseUrl().isPresent())) {
      return Optional.of(
          """
          The sandbox is switched on (planwarden.sandbox.enabled) and real NCP settings are given.
          Unset NCP_ACCESS_KEY, NCP_SECRET_KEY and PLANWARDEN_NCP_BASE_URL to use the sandbox, and
          the settings of key files, or switch the sandbox off to use NCP.""");
    }
    if (!sandbox.enabled()) {
      NcpKeys.check(ncp);
    }
    if (ncp.baseUrl().filter(uri -> !NcpSettings.isOrigin(uri)).isPresent()) {
      return Optional.of(
          "PLANWARDEN_NCP_BASE_URL is '%s'; it must be http(s)://host[:port] without a path."
              .formatted(ncp.baseUrl().orElseThrow()));
    }
    if (!storage.kind().equals("sqlite")) {
      return Optional.of(
          "PLANWARDEN_STORAGE_KIND is '%s'; it must be sqlite.".formatted(storage.kind()));
    }
    if (!security.mode().equals("none")) {
      return Optional.of(
          "PLANWARDEN_SECURITY_MODE is '%s'; it must be none.".formatted(security.mode()));
    }
    return Optional.empty();
  }
}
