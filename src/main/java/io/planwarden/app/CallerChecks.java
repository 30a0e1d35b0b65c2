package io.planwarden.app;

import io.planwarden.request.HostGuard;
import io.planwarden.security.SecurityConfig;
import io.planwarden.security.SecurityMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Of {@link StartupChecks}, those of who may call. */
final class CallerChecks {
  /**
   * In an environment variable any other character of the value is an underscore, and read as a
   * dot. In a file of properties a colon ends the name.
   */
  private static final Pattern CONFINING_NOBODY =
      Pattern.compile(
          "PLANWARDEN_SECURITY_OIDC_PRODUCTS__[A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]__"
              + "|planwarden\\.security\\.oidc\\.products\\.\"[^\"]*");

  /** With a letter in it, which stands for a small one. */
  private static final Pattern CONFINING =
      Pattern.compile("PLANWARDEN_SECURITY_OIDC_PRODUCTS__([A-Z0-9]*[A-Z][A-Z0-9]*)__");

  private static final String ANY_HOST = "*";

  private static final String HOW_TO_CONFINE =
      "Set planwarden.security.oidc.products.\"%s\" in config/application.properties, with a"
          + " backslash before each colon of the value (docs/security.md).";

  private final SecurityConfig security;
  private final Config all;
  private final Objections found;

  CallerChecks(SecurityConfig security, Config all, Objections found) {
    this.security = security;
    this.all = all;
    this.found = found;
  }

  void run() {
    hosts();
    Optional<SecurityMode> mode = security.mode().flatMap(SecurityMode::of);
    if (mode.isPresent()) {
      switch (mode.get()) {
        case NONE -> anonymous();
        case TOKEN -> tokens();
        case OIDC -> oidc();
      }
    } else {
      found.refuse(
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

  private void hosts() {
    allowedHosts()
        .filter(host -> !host.equals(ANY_HOST) && !HostGuard.isName(host))
        .forEach(
            host ->
                found.refuse(
                    "PLANWARDEN_REQUEST_ALLOWED_HOSTS has '%s', which no caller could use: a name is"
                        + " written without a port, and an IPv6 address in brackets.",
                    host));
  }

  private void anonymous() {
    if (allowedHosts().anyMatch(ANY_HOST::equals)) {
      found.warn(
          "PLANWARDEN_REQUEST_ALLOWED_HOSTS is * in security mode none: a web page can point a name"
              + " of its own here and call the API from the browsers of those who look at it.");
    }
    if (Loopback.is(host())) {
      return;
    }
    if (security.allowAnonymousNetwork()) {
      found.warn(
          "PLANWARDEN_SECURITY_MODE is none and QUARKUS_HTTP_HOST is %s, as"
              + " PLANWARDEN_SECURITY_ALLOW_ANONYMOUS_NETWORK allows: whoever reaches the port may do"
              + " everything.",
          host());
    } else {
      found.refuse(
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
            file -> found.secret("PLANWARDEN_SECURITY_TOKEN_FILE", Path.of(file)),
            () ->
                found.refuse(
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
    Set<String> values = valuesWithARole(oidc.roles());
    if (values.isEmpty()) {
      found.refuse(
          "PLANWARDEN_SECURITY_MODE is oidc and no role is given to anybody; set at least one of"
              + " PLANWARDEN_SECURITY_OIDC_ROLES_READER, _EDITOR, _AUDITOR, _ADMIN.");
    }
    confinement();
    confinement(oidc.products().keySet(), values);
    smallLetters(values);
    oidc.keysTokenFile()
        .ifPresent(file -> found.secret("PLANWARDEN_SECURITY_OIDC_KEYS_TOKEN_FILE", Path.of(file)));
    plainTokens();
  }

  private void confinement() {
    settings()
        .filter(name -> CONFINING_NOBODY.matcher(name).matches())
        .forEach(
            name ->
                found.refuse(
                    "%s would confine nobody: an environment variable can only name a value of small"
                        + " letters and digits, and in a file a colon ends the name. %s",
                    name, HOW_TO_CONFINE.formatted("value")));
  }

  /** An environment variable for a value with capitals names another, in small letters. */
  private void confinement(Set<String> confining, Set<String> withARole) {
    for (String value : withARole) {
      confining.stream()
          .filter(name -> name.equalsIgnoreCase(value))
          // Where both have a role, both are meant.
          .filter(name -> !confining.contains(value) && !withARole.contains(name))
          .forEach(
              name ->
                  found.refuse(
                      "'%s' has a role and is confined to no products; only '%s' is, in other"
                          + " letters. An environment variable can only name a value of small letters"
                          + " and digits. %s",
                      value, name, HOW_TO_CONFINE.formatted(value)));
    }
  }

  /** A value with a role is compared in its letters; of any other only its tokens tell them. */
  private void smallLetters(Set<String> withARole) {
    settings()
        .map(CONFINING::matcher)
        .filter(Matcher::matches)
        .forEach(
            variable -> {
              String value = variable.group(1).toLowerCase(Locale.ROOT);
              if (!withARole.contains(value)) {
                found.warn(
                    "%s confines '%s', in small letters only: a token with that value in other"
                        + " letters is not confined by it. If the value has capitals, use a file. %s",
                    variable.group(), value, HOW_TO_CONFINE.formatted("value"));
              }
            });
  }

  private Stream<String> settings() {
    return StreamSupport.stream(all.getPropertyNames().spliterator(), false);
  }

  private static Set<String> valuesWithARole(SecurityConfig.Grants roles) {
    return Stream.of(roles.reader(), roles.editor(), roles.auditor(), roles.admin())
        .flatMap(Optional::stream)
        .flatMap(List::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** For the platform, the word any switches the check off. */
  private void needed(String setting, Optional<String> value) {
    if (value.isEmpty() || value.get().equals("any")) {
      found.refuse(
          "PLANWARDEN_SECURITY_MODE is oidc; %s must say what tokens are for whom.", setting);
    }
  }

  private void provider(String setting, Optional<String> url) {
    url.filter(text -> !isSafe(text))
        .ifPresent(
            text ->
                found.refuse(
                    "%s is '%s'; the keys that tokens are checked with are read from there, so it"
                        + " must be https.",
                    setting, text));
  }

  private static boolean isSafe(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null && !StartupChecks.isPlain(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void plainTokens() {
    if (!Loopback.is(host())
        && !all.getOptionalValue("quarkus.http.insecure-requests", String.class)
            .filter("disabled"::equalsIgnoreCase)
            .isPresent()) {
      found.warn(
          "QUARKUS_HTTP_HOST is %s and takes plain HTTP there: who can listen on that network learns"
              + " the callers' tokens. Put TLS in front of it, or set"
              + " QUARKUS_HTTP_INSECURE_REQUESTS=disabled and a certificate.",
          host());
    }
  }

  private String host() {
    return all.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
  }

  private Stream<String> allowedHosts() {
    return all.getOptionalValues("planwarden.request.allowed-hosts", String.class).stream()
        .flatMap(List::stream)
        .map(String::strip);
  }
}
