package io.planwarden.app;

import io.planwarden.ncp.NcpSettings;
import io.planwarden.replica.ReplicaConfig;
import io.planwarden.security.SecurityConfig;
import io.planwarden.storage.StorageConfig;
import io.planwarden.storage.StorageKind;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * What must be right before anything is begun, or made that could fail for it in other words; each
 * message names the setting to change. That a store belongs to the other mode is found where it is
 * opened, by {@link Startup}.
 */
@Singleton
final class StartupChecks {
  private static final Logger LOG = Logger.getLogger(StartupChecks.class);

  // Before the scheduler, which reads settings too.
  private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE - 1;

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

  private final NcpConfig ncp;
  private final SandboxConfig sandbox;
  private final StorageConfig storage;
  private final ReplicaConfig replica;
  private final CallerChecks callers;
  private final NumberChecks numbers;
  private final Objections found = new Objections();

  StartupChecks(
      NcpConfig ncp,
      SandboxConfig sandbox,
      StorageConfig storage,
      ReplicaConfig replica,
      SecurityConfig security,
      Config all) {
    this.ncp = ncp;
    this.sandbox = sandbox;
    this.storage = storage;
    this.replica = replica;
    this.callers = new CallerChecks(security, all, found);
    this.numbers = new NumberChecks(all, found);
  }

  void first(@Observes @Priority(FIRST) StartupEvent event) {
    run();
  }

  /** Logs what is doubtful, and throws {@link StartRefused} with all that is wrong. */
  void run() {
    check();
    found.warnings().forEach(LOG::warn);
    if (!found.refusals().isEmpty()) {
      throw new StartRefused(String.join("\n\n", found.refusals()));
    }
  }

  /** What is doubtful, once everything was checked. */
  List<String> warnings() {
    return found.warnings();
  }

  private void check() {
    found.clear();
    ncp();
    store();
    callers.run();
    numbers.run();
  }

  private void store() {
    storage
        .passwordFile()
        .ifPresent(file -> found.secret("PLANWARDEN_STORAGE_PASSWORD_FILE", file));
    if (storage.password().isPresent() && storage.passwordFile().isPresent()) {
      found.refuse(
          "Set PLANWARDEN_STORAGE_PASSWORD or PLANWARDEN_STORAGE_PASSWORD_FILE, not both.");
    }
    Optional<StorageKind> kind = StorageKind.of(storage.kind());
    if (kind.isEmpty()) {
      found.refuse(
          "PLANWARDEN_STORAGE_KIND is '%s'; it must be sqlite or postgresql.", storage.kind());
    } else if (kind.get() == StorageKind.POSTGRESQL) {
      if (storage.url().filter(url -> url.startsWith("jdbc:postgresql:")).isEmpty()) {
        found.refuse(
            "PLANWARDEN_STORAGE_KIND is postgresql; PLANWARDEN_STORAGE_URL must name the database as"
                + " jdbc:postgresql://host:5432/database.");
      }
    } else if (replica.count() != 1) {
      found.refuse(
          "PLANWARDEN_REPLICA_COUNT is %s, and an SQLite file serves one process only; set"
              + " PLANWARDEN_STORAGE_KIND to postgresql, or leave the count out.",
          replica.count());
    }
    if (replica.count() < 1) {
      found.refuse("PLANWARDEN_REPLICA_COUNT is %s; it must be at least 1.", replica.count());
    }
    if (replica.lease().compareTo(SHORTEST_LEASE) < 0) {
      found.refuse(
          "PLANWARDEN_REPLICA_LEASE is %s; it must be at least %s, or a pause of the machine would"
              + " pass for the end of a replica.",
          replica.lease(), SHORTEST_LEASE);
    }
  }

  private void ncp() {
    if (sandbox.enabled() && (NcpKeys.areGiven(ncp) || ncp.baseUrl().isPresent())) {
      found.refuse(
          """
          The sandbox is switched on (planwarden.sandbox.enabled) and real NCP settings are given.
          Unset NCP_ACCESS_KEY, NCP_SECRET_KEY and PLANWARDEN_NCP_BASE_URL to use the sandbox, and
          the settings of key files, or switch the sandbox off to use NCP.""");
    }
    if (!sandbox.enabled()) {
      try {
        NcpKeys.check(ncp);
      } catch (StartRefused refused) {
        found.refuse("%s", refused.getMessage());
      }
    }
    ncp.baseUrl()
        .ifPresent(
            uri -> {
              if (!NcpSettings.isOrigin(uri)) {
                found.refuse(
                    "PLANWARDEN_NCP_BASE_URL is '%s'; it must be http(s)://host[:port] without a"
                        + " path.",
                    uri);
              } else if (isPlain(uri)) {
                found.refuse(
                    "PLANWARDEN_NCP_BASE_URL is '%s'; http is for loopback only, everything else"
                        + " needs https.",
                    uri);
              }
            });
  }

  static boolean isPlain(URI uri) {
    return !"https".equalsIgnoreCase(uri.getScheme())
        && !Loopback.is(String.valueOf(uri.getHost()));
  }
}
