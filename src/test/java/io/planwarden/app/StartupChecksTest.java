package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.storage.StorageConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
