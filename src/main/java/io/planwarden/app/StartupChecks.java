package io.planwarden.app;

import io.planwarden.ncp.NcpSettings;
import io.planwarden.replica.ReplicaConfig;
import io.planwarden.security.SecurityConfig;
import io.planwarden.security.SecurityMode;
import io.planwarden.storage.StorageConfig;
import io.planwarden.storage.StorageKind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * What must be right before anything is begun; each message names the setting to change. That a
 * store belongs to the other mode is found where it is opened, by {@link Startup}.
 */
@Singleton
final class StartupChecks {
  private static final Logger LOG = Logger.getLogger(StartupChecks.class);

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

  private final NcpConfig ncp;
  private final SandboxConfig sandbox;
  private final StorageConfig storage;
  private final ReplicaConfig replica;
  private final SecurityConfig security;
  private final Config all;
  private final List<String> refusals = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

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
    this.security = security;
    this.all = all;
  }

  /** Logs what is doubtful, and throws {@link StartRefused} with all that is wrong. */
  void run() {
    check();
    warnings.forEach(LOG::warn);
    if (!refusals.isEmpty()) {
      throw new StartRefused(String.join("\n\n", refusals));
    }
  }

  /** What is doubtful, once everything was checked. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void check() {
    refusals.clear();
    warnings.clear();
    ncp();
    store();
    Optional<SecurityMode> mode = security.mode().flatMap(SecurityMode::of);
    if (mode.isPresent()) {
      switch (mode.get()) {
        case NONE -> anonymous();
        case TOKEN -> tokens();
        case OIDC -> oidc();
      }
    } else {
      refuse(
          """
          %s Set PLANWARDEN_SECURITY_MODE to
            token  callers send tokens that PLANWARDEN_SECURITY_TOKEN_FILE lists as hashes;
                   'java -jar quarkus-run.jar token new' makes one
            oidc   callers send tokens of PLANWARDEN_SECURITY_OIDC_ISSUER, an identity provider
                   or Kubernetes
            none   whoever reaches the port may do everything; for loopback only""",
          security
              .mode()
              .map("PLANWARDEN_SECURITY_MODE is '%s', which is no mode."::formatted)
              .orElse("Who may call has to be chosen by name (planwarden.security.mode)."));
    }
  }

  private void store() {
    storage.passwordFile().ifPresent(file -> secret("PLANWARDEN_STORAGE_PASSWORD_FILE", file));
    if (storage.password().isPresent() && storage.passwordFile().isPresent()) {
      refuse("Set PLANWARDEN_STORAGE_PASSWORD or PLANWARDEN_STORAGE_PASSWORD_FILE, not both.");
    }
    Optional<StorageKind> kind = StorageKind.of(storage.kind());
    if (kind.isEmpty()) {
      refuse("PLANWARDEN_STORAGE_KIND is '%s'; it must be sqlite or postgresql.", storage.kind());
    } else if (kind.get() == StorageKind.POSTGRESQL) {
      if (storage.url().filter(url -> url.startsWith("jdbc:postgresql:")).isEmpty()) {
        refuse(
            "PLANWARDEN_STORAGE_KIND is postgresql; PLANWARDEN_STORAGE_URL must name the database as"
                + " jdbc:postgresql://host:5432/database.");
      }
    } else if (replica.count() != 1) {
      refuse(
          "PLANWARDEN_REPLICA_COUNT is %s, and an SQLite file serves one process only; set"
              + " PLANWARDEN_STORAGE_KIND to postgresql, or leave the count out.",
          replica.count());
    }
    if (replica.count() < 1) {
      refuse("PLANWARDEN_REPLICA_COUNT is %s; it must be at least 1.", replica.count());
    }
    if (replica.lease().compareTo(SHORTEST_LEASE) < 0) {
      refuse(
          "PLANWARDEN_REPLICA_LEASE is %s; it must be at least %s, or a pause of the machine would"
              + " pass for the end of a replica.",
          replica.lease(), SHORTEST_LEASE);
    }
  }

  private void ncp() {
    if (sandbox.enabled() && (NcpKeys.areGiven(ncp) || ncp.baseUrl().isPresent())) {
      refuse(
          """
          The sandbox is switched on (planwarden.sandbox.enabled) and real NCP settings are given.
          Unset NCP_ACCESS_KEY, NCP_SECRET_KEY and PLANWARDEN_NCP_BASE_URL to use the sandbox, and
          the settings of key files, or switch the sandbox off to use NCP.""");
    }
    if (!sandbox.enabled()) {
      try {
        NcpKeys.check(ncp);
      } catch (StartRefused refused) {
        refusals.add(String.valueOf(refused.getMessage()));
      }
    }
    ncp.baseUrl()
        .ifPresent(
            uri -> {
              if (!NcpSettings.isOrigin(uri)) {
                refuse(
                    "PLANWARDEN_NCP_BASE_URL is '%s'; it must be http(s)://host[:port] without a"
                        + " path.",
                    uri);
              } else if (isPlain(uri)) {
                refuse(
                    "PLANWARDEN_NCP_BASE_URL is '%s'; http is for loopback only, everything else"
                        + " needs https.",
                    uri);
              }
            });
  }

  private void anonymous() {
    if (anyHost()) {
      warn(
          "PLANWARDEN_REQUEST_ALLOWED_HOSTS is * in security mode none: a web page can point a name"
              + " of its own here and call the API from the browsers of those who look at it.");
    }
    if (Loopback.is(host())) {
      return;
    }
    if (security.allowAnonymousNetwork()) {
      warn(
          "PLANWARDEN_SECURITY_MODE is none and QUARKUS_HTTP_HOST is %s, as"
              + " PLANWARDEN_SECURITY_ALLOW_ANONYMOUS_NETWORK allows: whoever reaches the port may do"
              + " everything.",
          host());
    } else {
      refuse(
          """
          PLANWARDEN_SECURITY_MODE is none, and QUARKUS_HTTP_HOST is '%s': whoever reaches that
          address could do everything. Set QUARKUS_HTTP_HOST=127.0.0.1, choose another
          PLANWARDEN_SECURITY_MODE, or, where the network itself keeps strangers out, set
          PLANWARDEN_SECURITY_ALLOW_ANONYMOUS_NETWORK=true.""",
          host());
    }
  }

  private void tokens() {
    security
        .token()
        .file()
        .ifPresentOrElse(
            file -> secret("PLANWARDEN_SECURITY_TOKEN_FILE", Path.of(file)),
            () ->
                refuse(
                    "PLANWARDEN_SECURITY_MODE is token and PLANWARDEN_SECURITY_TOKEN_FILE is not"
                        + " set; it must name the file that lists the tokens."));
    plainTokens();
  }

  private void oidc() {
    SecurityConfig.Oidc oidc = security.oidc();
    needed("PLANWARDEN_SECURITY_OIDC_ISSUER", oidc.issuer());
    needed("PLANWARDEN_SECURITY_OIDC_AUDIENCE", oidc.audience());
    provider(
        oidc.url().isPresent() ? "PLANWARDEN_SECURITY_OIDC_URL" : "PLANWARDEN_SECURITY_OIDC_ISSUER",
        oidc.url().or(oidc::issuer));
    SecurityConfig.Grants roles = oidc.roles();
    if (List.of(roles.reader(), roles.editor(), roles.auditor(), roles.admin()).stream()
        .allMatch(Optional::isEmpty)) {
      refuse(
          "PLANWARDEN_SECURITY_MODE is oidc and no role is given to anybody; set at least one of"
              + " PLANWARDEN_SECURITY_OIDC_ROLES_READER, _EDITOR, _AUDITOR, _ADMIN.");
    }
    oidc.keysTokenFile()
        .ifPresent(file -> secret("PLANWARDEN_SECURITY_OIDC_KEYS_TOKEN_FILE", Path.of(file)));
    plainTokens();
  }

  /** For the platform, the word any switches the check off. */
  private void needed(String setting, Optional<String> value) {
    if (value.isEmpty() || value.get().equals("any")) {
      refuse("PLANWARDEN_SECURITY_MODE is oidc; %s must say what tokens are for whom.", setting);
    }
  }

  private void provider(String setting, Optional<String> url) {
    url.filter(text -> !isSafe(text))
        .ifPresent(
            text ->
                refuse(
                    "%s is '%s'; the keys that tokens are checked with are read from there, so it"
                        + " must be https.",
                    setting, text));
  }

  private static boolean isSafe(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null && !isPlain(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void plainTokens() {
    if (!Loopback.is(host())
        && !all.getOptionalValue("quarkus.http.insecure-requests", String.class)
            .filter("disabled"::equalsIgnoreCase)
            .isPresent()) {
      warn(
          "QUARKUS_HTTP_HOST is %s and takes plain HTTP there: who can listen on that network learns"
              + " the callers' tokens. Put TLS in front of it, or set"
              + " QUARKUS_HTTP_INSECURE_REQUESTS=disabled and a certificate.",
          host());
    }
  }

  /** Checks who else can read or write a file; Kubernetes mounts secrets readable for everybody. */
  private void secret(String setting, Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        refuse("%s is '%s', which everybody on this machine can write. chmod o-w", setting, file);
      } else if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        warn("%s is '%s', which everybody on this machine can read. chmod o-r", setting, file);
      }
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions has others, which nothing is known of.
    } catch (IOException e) {
      refuse("%s is '%s', which cannot be read.", setting, file);
    }
  }

  private String host() {
    return all.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
  }

  private boolean anyHost() {
    return all.getOptionalValue("planwarden.request.allowed-hosts", String.class)
        .filter(hosts -> Stream.of(hosts.split(",")).map(String::strip).anyMatch("*"::equals))
        .isPresent();
  }

  private static boolean isPlain(URI uri) {
    return !"https".equalsIgnoreCase(uri.getScheme())
        && !Loopback.is(String.valueOf(uri.getHost()));
  }

  private void refuse(String reason, Object... values) {
    refusals.add(reason.formatted(values));
  }

  private void warn(String reason, Object... values) {
    warnings.add(reason.formatted(values));
  }
}
