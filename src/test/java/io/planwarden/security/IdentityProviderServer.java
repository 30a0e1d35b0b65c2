package io.planwarden.security;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An identity provider that, as Kubernetes does, shows its keys only to those whom it knows. */
public final class IdentityProviderServer implements QuarkusTestResourceLifecycleManager {
  static final String AUDIENCE = "planwarden";
  static final String OWN_TOKEN = "own-token-of-planwarden";
  static final Keys KEYS = Keys.elliptic("key-1");

  private static final String INTERVAL = "quarkus.oidc.token.forced-jwk-refresh-interval";

  private static final String LATE = "late";

  private WireMockServer server;
  private boolean late;

  /** Planwarden in mode oidc; each unknown key has it read the keys again. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(IdentityProviderServer.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(INTERVAL, "0s");
    }
  }

  /**
   * Planwarden in mode oidc, and a provider that says nothing of itself until a test makes it; the
   * first unknown key has it read the keys again, and no other.
   */
  public static final class LateProfile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(IdentityProviderServer.class, Map.of(LATE, "true")));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(INTERVAL, "1h");
    }
  }

  /** From now on the provider says where its keys are. */
  static void discovery(WireMockServer provider) {
    provider.stubFor(
        get("/.well-known/openid-configuration")
            .withHeader("Authorization", equalTo("Bearer " + OWN_TOKEN))
            .willReturn(
                okJson(
                    "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\",\"token_endpoint\":\"%1$s/token\"}"
                        .formatted(provider.baseUrl()))));
  }

  /** From now on the provider answers so where its keys are. */
  static void keys(WireMockServer provider, ResponseDefinitionBuilder answer) {
    provider.stubFor(
        get("/keys")
            .withHeader("Authorization", equalTo("Bearer " + OWN_TOKEN))
            .willReturn(answer));
  }

  /** What a good token says. */
  static Map<String, Object> claims(WireMockServer provider, Instant now, String... groups) {
    Map<String, Object> claims = new TreeMap<>();
    claims.put("iss", provider.baseUrl());
    claims.put("aud", AUDIENCE);
    claims.put("sub", "service-7");
    claims.put("iat", now.minusSeconds(10).getEpochSecond());
    claims.put("exp", now.plusSeconds(300).getEpochSecond());
    claims.put("groups", List.of(groups));
    return claims;
  }

  @Override
  public void init(Map<String, String> arguments) {
    late = arguments.containsKey(LATE);
  }

  @Override
  public Map<String, String> start() {
    server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    server.start();
    String issuer = server.baseUrl();
    if (late) {
      server.stubFor(get("/.well-known/openid-configuration").willReturn(serviceUnavailable()));
    } else {
      discovery(server);
    }
    keys(server, okJson(KEYS.published()));
    return Map.ofEntries(
        Map.entry("planwarden.security.mode", "oidc"),
        Map.entry("planwarden.security.oidc.issuer", issuer),
        Map.entry("planwarden.security.oidc.audience", AUDIENCE),
        Map.entry("planwarden.security.oidc.keys-token-file", ownToken().toString()),
        Map.entry("planwarden.security.oidc.roles.reader", "plan-readers"),
        Map.entry("planwarden.security.oidc.roles.editor", "plan-editors,weather-team,maps-team"),
        Map.entry("planwarden.security.oidc.roles.auditor", "auditors"),
        Map.entry("planwarden.security.oidc.roles.admin", "platform"),
        Map.entry("planwarden.security.oidc.products.\"weather-team\"", "weather001"),
        Map.entry("planwarden.security.oidc.products.\"maps-team\"", "maps000001"),
        Map.entry("planwarden.storage.path", "target/test-data/oidc-" + server.port() + ".db"));
  }

  private static Path ownToken() {
    try {
      Path folder = Files.createDirectories(Path.of("target/test-data"));
      return Files.writeString(Files.createTempFile(folder, "own", ".token"), OWN_TOKEN + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(WireMockServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
    }
  }
}
