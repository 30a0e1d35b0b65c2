package io.planwarden.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may call; see docs/security.md. */
@ConfigMapping(prefix = "planwarden.security")
public interface SecurityConfig {
  /** How callers are told apart: {@code none}, {@code token} or {@code oidc}. Required. */
  Optional<String> mode();

  /** Whether mode {@code none} may listen on an address that others than this machine can reach. */
  @WithDefault("false")
  boolean allowAnonymousNetwork();

  /** Mode {@code token}: static tokens, which a mounted file lists. */
  Token token();

  /** Mode {@code oidc}: signed tokens of an identity provider, or of Kubernetes. */
  Oidc oidc();

  /** Static tokens. */
  interface Token {
    /** The file that lists the tokens as hashes. Required in mode {@code token}. */
    Optional<String> file();

    /** How often that file is looked at for changes, a duration such as {@code 5s}. */
    @WithDefault("5s")
    String reload();
  }

  /** Signed tokens. */
  interface Oidc {
    /** What the claim {@code iss} must say. Required in mode {@code oidc}. */
    Optional<String> issuer();

    /** Where the provider is described, if not at the issuer's own address. */
    Optional<String> url();

    /** What the claim {@code aud} must name. Required in mode {@code oidc}. */
    Optional<String> audience();

    /** The claim that is the caller's id. */
    @WithDefault("sub")
    String callerClaim();

    /** The claim whose values are mapped to roles; a path of claims is written with slashes. */
    @WithDefault("groups")
    String roleClaim();

    /**
     * A file with a token to read the provider's keys with, as Kubernetes wants it; read again
     * every 10 s.
     */
    Optional<String> keysTokenFile();

    /** The values of the role claim that give each role; one role at least has some. */
    Grants roles();

    /**
     * The products that a value of the role claim confines its bearers to. The value stands in
     * double quotes in the name of the setting; in an environment variable it can only have small
     * letters and digits.
     */
    Map<String, List<String>> products();
  }

  /** The values of a claim that give a role. */
  interface Grants {
    /** The values that give the role {@code reader}. */
    Optional<List<String>> reader();

    /** The values that give the role {@code editor}. */
    Optional<List<String>> editor();

    /** The values that give the role {@code auditor}. */
    Optional<List<String>> auditor();

    /** The values that give the role {@code admin}. */
    Optional<List<String>> admin();
  }
}
