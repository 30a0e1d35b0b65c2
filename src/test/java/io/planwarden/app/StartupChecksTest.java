package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.ncp.MountedKeys;
import io.planwarden.storage.StorageConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupChecksTest {
  private static final Map<String, String> KEYS =
      Map.of("planwarden.ncp.access-key", "a", "planwarden.ncp.secret-key", "s");

  @Test
  void credentials_areEnoughToStart() {
    assertThatCode(() -> run(KEYS)).doesNotThrowAnyException();
  }

  @Test
  void sandbox_isEnoughToStart() {
    assertThatCode(() -> run(Map.of("planwarden.sandbox.enabled", "true")))
        .doesNotThrowAnyException();
  }

  @Test
  void nothing_namesTheMissingSettings() {
    refuses(Map.of(), "NCP_ACCESS_KEY  is not set");
    refuses(Map.of("planwarden.ncp.access-key", "a"), "NCP_SECRET_KEY  is not set");
  }

  @Test
  void sandboxWithRealCredentials_isRefused() {
    refuses(
        Map.of("planwarden.sandbox.enabled", "true", "planwarden.ncp.secret-key", "s"),
        "Unset NCP_ACCESS_KEY");
  }

  @Test
  void unknownKindsAndModes_areRefused() {
    refuses(with("planwarden.storage.kind", "oracle"), "PLANWARDEN_STORAGE_KIND is 'oracle'");
    refuses(with("planwarden.security.mode", "open"), "PLANWARDEN_SECURITY_MODE is 'open'");
  }

  @Test
  void keyDirectory_isEnoughToStart(@TempDir Path folder) {
    new MountedKeys(folder, "a", "s");

    assertThatCode(() -> run(Map.of("planwarden.ncp.key-directory", folder.toString())))
        .doesNotThrowAnyException();
  }

  @Test
  void keyFilesThatCannotBeUsed_areNamed(@TempDir Path folder) {
    MountedKeys keys = new MountedKeys(folder, "a", "s");
    Map<String, String> settings = Map.of("planwarden.ncp.key-directory", folder.toString());

    keys.swap("canary", " ");
    refuses(settings, folder.resolve("secret-key") + " is empty");
    keys.swap("can\nary", "s");
    refuses(settings, folder.resolve("access-key") + " has more in it than one key");
    refuses(
        Map.of("planwarden.ncp.key-directory", "/nowhere"), "/nowhere/access-key does not exist");
    refuses(with("planwarden.ncp.fallback.key-directory", "/nowhere"), "/nowhere/access-key");
  }

  @Test
  void halfAKeyPair_isRefused() {
    refuses(
        Map.of("planwarden.ncp.access-key-file", "/a"), "set both planwarden.ncp.access-key-file");
    refuses(
        with("planwarden.ncp.fallback.secret-key", "s"),
        "set both planwarden.ncp.fallback.access-key");
  }

  @Test
  void keyPairGivenInTwoWays_isRefused() {
    refuses(with("planwarden.ncp.key-directory", "/keys"), "given in more than one way");
    refuses(with("planwarden.ncp.secret-key-file", "/s"), "given in more than one way");
  }

  @Test
  void valueThatIsNoKey_isRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> run(with("planwarden.ncp.access-key", "can\nary")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("planwarden.ncp.access-key")
        .hasMessageNotContaining("ary");
  }

  @Test
  void sandboxWithKeyFiles_isRefused() {
    refuses(
        Map.of(
            "planwarden.sandbox.enabled", "true", "planwarden.ncp.fallback.key-directory", "/keys"),
        "the settings of key files");
  }

  @Test
  void secretKeyFileThatEverybodyMayRead_isWarnedOf(@TempDir Path folder) throws IOException {
    new MountedKeys(folder, "a", "s");
    Path file = folder.resolve("secret-key");
    Map<String, String> settings = Map.of("planwarden.ncp.key-directory", folder.toString());
    try (CapturedLog log = new CapturedLog()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
      run(settings);
      assertThat(log.lines()).noneMatch(line -> line.contains("every user may read"));

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      run(settings);
      assertThat(log.lines())
          .anyMatch(line -> line.contains("every user may read the secret key file=" + file));
    }
  }

  @Test
  void baseUrlThatIsNoOrigin_isRefused() {
    refuses(
        with("planwarden.ncp.base-url", "https://ncp.example/api/v1"),
        "PLANWARDEN_NCP_BASE_URL is 'https://ncp.example/api/v1'");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> all = new HashMap<>(KEYS);
    all.put(name, value);
    return all;
  }

  private static void refuses(Map<String, String> settings, String words) {
    assertThatThrownBy(() -> run(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(words);
  }

  private static void run(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(NcpConfig.class)
            .withMapping(SandboxConfig.class)
            .withMapping(StorageConfig.class)
            .withMapping(SecurityConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    new StartupChecks(
            config.getConfigMapping(NcpConfig.class),
            config.getConfigMapping(SandboxConfig.class),
            config.getConfigMapping(StorageConfig.class),
            config.getConfigMapping(SecurityConfig.class))
        .run();
  }
}
