package io.planwarden.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "planwarden.security")
public interface SecurityConfig {
  /** How callers are told apart: {@code none}, {@code token} or {@code oidc}; has to be chosen. */
  Optional<String> mode();

  /** Whether mode {@code none} may listen on an address that others than this machine can reach. */
  @WithDefault("false")
  boolean allowAnonymousNetwork();

  /** Mode {@code token}. */
  Token token();

  /** Mode {@code oidc}. */
  Oidc oidc();

  /** Static tokens. */
  interface Token {
    /** The file that lists them; see docs/security.md. */
    Optional<String> file();

    /** How often it is looked at for changes, a duration such as {@code 5s}. */
    @WithDefault("5s")
    String reload();
  }

  /** Signed tokens. */
  interface Oidc {
    /** What the claim {@code iss} must say. */
    Optional<String> issuer();

    /** Where the provider is described, if not at the issuer's own address. */
    Optional<String> url();

    /** What the claim {@code aud} must name. */
    Optional<String> audience();

    /** The claim that is the caller's id. */
    @WithDefault("sub")
    String callerClaim();

    /** The claim whose values are mapped to roles; a path is written with slashes. */
    @WithDefault("groups")
    String roleClaim();

    /** A file with a token to read the provider's keys with, as Kubernetes wants it; read again. */
    Optional<String> keysTokenFile();

    /** The values of the claim that give each role. */
    Grants roles();

    /** The products that a value of the claim confines its bearers to, by value. */
    Map<String, List<String>> products();
  }

  /** The values of a claim that give a role. */
  interface Grants {
    /** Of {@code reader}. */
    Optional<List<String>> reader();

    /** Of {@code editor}. */
    Optional<List<String>> editor();

    /** Of {@code auditor}. */
    Optional<List<String>> auditor();

    /** Of {@code admin}. */
    Optional<List<String>> admin();
  }
}
