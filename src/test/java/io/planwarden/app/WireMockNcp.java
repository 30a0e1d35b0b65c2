package io.planwarden.app;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** An NCP whose every answer the test writes. */
public final class WireMockNcp implements QuarkusTestResourceLifecycleManager {
  private WireMockServer server;

  /** Planwarden in live mode, pointed at the scripted NCP. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(WireMockNcp.class));
    }
  }

  @Override
  public Map<String, String> start() {
    server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    server.start();
    return Map.ofEntries(
        Map.entry("planwarden.sandbox.enabled", "false"),
        Map.entry("planwarden.ncp.access-key", "EXAMPLEACCESSKEY0001"),
        Map.entry("planwarden.ncp.secret-key", "exampleSecretKey0000000000000000000000001"),
        Map.entry("planwarden.ncp.base-url", server.baseUrl()),
        Map.entry("planwarden.ncp.attempt-timeout", "1s"),
        Map.entry("planwarden.change.settle-wait", "1s"),
        Map.entry("planwarden.upstream.pause", "10ms"),
        Map.entry("planwarden.upstream.retry.base", "5ms"),
        Map.entry("planwarden.upstream.retry.cap", "20ms"),
        Map.entry("planwarden.upstream.retry.floor", "10000"),
        // Every answer is a fault here; the breaker has tests of its own.
        Map.entry("planwarden.upstream.breaker.calls", "100000"),
        Map.entry("planwarden.storage.path", "target/test-data/wiremock-" + server.port() + ".db"));
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
