package io.planwarden.app;

import io.planwarden.ncp.MountedKeys;
import io.planwarden.sandbox.Sandbox;
import io.planwarden.sandbox.SandboxSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox that Planwarden takes for NCP, in live mode, with the main and the fallback key pair in
 * mounted directories.
 */
public final class RotatedNcp implements QuarkusTestResourceLifecycleManager {
  /** What each key begins with, so that it can be looked for where it must not appear. */
  static final String CANARY = "canary";

  static final String FALLBACK_ACCESS_KEY = CANARY + "AccessKeyFallback";
  static final String FALLBACK_SECRET_KEY = CANARY + "SecretKeyFallback";

  private final Vertx vertx = Vertx.vertx();
  private Sandbox sandbox;
  private MountedKeys main;

  /** Live mode; everything is logged, but not to the console. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.min-level", "DEBUG",
          "quarkus.log.level", "DEBUG",
          // The tests' own HTTP client, which tells the sandbox of the keys.
          "quarkus.log.category.\"org.apache.http\".level", "INFO",
          "quarkus.log.console.level", "INFO");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RotatedNcp.class));
    }
  }

  static String accessKey(int number) {
    return CANARY + "AccessKey" + number;
  }

  static String secretKey(int number) {
    return CANARY + "SecretKey" + number;
  }

  @Override
  public Map<String, String> start() {
    try {
      sandbox =
          Sandbox.start(vertx, SandboxSettings.defaults().withPort(0))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      Path folder =
          Files.createDirectories(Path.of("target/test-data/keys-" + UUID.randomUUID()))
              .toAbsolutePath();
      main = new MountedKeys(folder.resolve("main"), accessKey(0), secretKey(0));
      MountedKeys fallback =
          new MountedKeys(folder.resolve("fallback"), FALLBACK_ACCESS_KEY, FALLBACK_SECRET_KEY);
      return Map.of(
          "planwarden.sandbox.enabled", "false",
          "planwarden.ncp.base-url", sandbox.url(),
          "planwarden.ncp.key-directory", main.directory().toString(),
          "planwarden.ncp.fallback.key-directory", fallback.directory().toString(),
          "planwarden.ncp.key-poll", "1s",
          "planwarden.storage.path", folder.resolve("planwarden.db").toString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(main, new TestInjector.MatchesType(MountedKeys.class));
    injector.injectIntoFields(
        new SandboxClient(URI.create(sandbox.url())),
        new TestInjector.MatchesType(SandboxClient.class));
  }

  @Override
  public void stop() {
    if (sandbox != null) {
      sandbox.close().toCompletionStage().toCompletableFuture().join();
    }
    vertx.close();
  }
}
