package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.ncp.MountedKeys;
import io.planwarden.replica.ReplicaConfig;
import io.planwarden.security.SecurityConfig;
import io.planwarden.storage.StorageConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupChecksTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "planwarden.ncp.access-key", "a",
          "planwarden.ncp.secret-key", "s",
          "planwarden.security.mode", "none",
          "quarkus.http.host", "127.0.0.1");
  private static final Map<String, String> OIDC =
      Map.of(
          "planwarden.security.mode", "oidc",
          "planwarden.security.oidc.issuer", "https://idp.example",
          "planwarden.security.oidc.audience", "planwarden",
          "planwarden.security.oidc.roles.editor", "editors");

  @TempDir Path folder;

  @Test
  void credentials_areEnoughToStart() {
    assertThatCode(() -> run(KEYS)).doesNotThrowAnyException();
  }

  @Test
  void sandbox_isEnoughToStart() {
    assertThatCode(
            () ->
                run(
                    Map.of(
                        "planwarden.sandbox.enabled", "true",
                        "planwarden.security.mode", "none",
                        "quarkus.http.host", "localhost")))
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
    refuses(with("planwarden.storage.kind", "oracle"), "must be sqlite or postgresql");
    refuses(with("planwarden.security.mode", "open"), "PLANWARDEN_SECURITY_MODE is 'open'");
  }

  @Test
  void postgresql_needsTheAddressOfItsDatabase() {
    Map<String, String> settings = with("planwarden.storage.kind", "postgresql");
    refuses(settings, "PLANWARDEN_STORAGE_URL");
    settings.put("planwarden.storage.url", "postgres://db/planwarden");
    refuses(settings, "jdbc:postgresql://host:5432/database");

    settings.put("planwarden.storage.url", "jdbc:postgresql://db/planwarden");
    assertThatCode(() -> run(settings)).doesNotThrowAnyException();
  }

  @Test
  void severalReplicas_needAStoreThatTheyCanShare() {
    Map<String, String> settings = with("planwarden.replica.count", "3");
    refuses(settings, "an SQLite file serves one process only");
    settings.put("planwarden.storage.kind", "postgresql");
    settings.put("planwarden.storage.url", "jdbc:postgresql://db/planwarden");
    assertThatCode(() -> run(settings)).doesNotThrowAnyException();

    settings.put("planwarden.replica.count", "0");
    refuses(settings, "PLANWARDEN_REPLICA_COUNT is 0");
    refuses(with("planwarden.replica.lease", "2s"), "PLANWARDEN_REPLICA_LEASE is PT2S");
  }

  @Test
  void passwordFile_hasToBeThereAndToBeTheOnlyPassword() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "canary");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Map<String, String> settings = with("planwarden.storage.kind", "postgresql");
    settings.put("planwarden.storage.url", "jdbc:postgresql://db/planwarden");
    settings.put("planwarden.storage.password-file", file.toString());
    assertThatCode(() -> run(settings)).doesNotThrowAnyException();

    settings.put("planwarden.storage.password", "other");
    refuses(settings, "not both");
    settings.remove("planwarden.storage.password");
    settings.put("planwarden.storage.password-file", "/nowhere");
    refuses(settings, "PLANWARDEN_STORAGE_PASSWORD_FILE is '/nowhere', which cannot be read");
  }

  @Test
  void keyDirectory_isEnoughToStart(@TempDir Path folder) {
    new MountedKeys(folder, "a", "s");

    assertThatCode(() -> run(keysIn(folder))).doesNotThrowAnyException();
  }

  @Test
  void keyFilesThatCannotBeUsed_areNamed(@TempDir Path folder) {
    MountedKeys keys = new MountedKeys(folder, "a", "s");
    Map<String, String> settings = keysIn(folder);

    keys.swap("canary", " ");
    refuses(settings, folder.resolve("secret-key") + " is empty");
    keys.swap("can\nary", "s");
    assertThatThrownBy(() -> run(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(folder.resolve("access-key") + " has more in it than one key")
        .hasMessageNotContaining("ary");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "planwarden.ncp.access-key",
        "planwarden.ncp.secret-key",
        "planwarden.ncp.fallback.secret-key"
      })
  void valueThatIsNoKey_isRefusedWithoutBeingShown(String setting) {
    for (String value : List.of("can\nary", "ary\n", " ary")) {
      Map<String, String> settings = with("planwarden.ncp.fallback.access-key", "b");
      settings.put("planwarden.ncp.fallback.secret-key", "t");
      settings.put(setting, value);
      assertThatThrownBy(() -> run(settings))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(setting)
          .hasMessageNotContaining("ary");
    }
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
    Map<String, String> settings = keysIn(folder);
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

  @Test
  void modeThatNobodyChose_isRefusedAndSaysHow() {
    Map<String, String> unchosen = new HashMap<>(KEYS);
    unchosen.remove("planwarden.security.mode");
    refuses(unchosen, "Set PLANWARDEN_SECURITY_MODE to");
    refuses(with("planwarden.security.mode", ""), "Set PLANWARDEN_SECURITY_MODE to");
    refuses(unchosen, "token new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "planwarden.internal", "127.0.0.1.example"})
  void modeNoneForTheNetwork_isRefused(String host) {
    refuses(with("quarkus.http.host", host), "PLANWARDEN_SECURITY_ALLOW_ANONYMOUS_NETWORK");

    Map<String, String> told = with("quarkus.http.host", host);
    told.put("planwarden.security.allow-anonymous-network", "true");
    warns(told, "PLANWARDEN_SECURITY_ALLOW_ANONYMOUS_NETWORK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
  void modeNoneOnLoopback_isFine(String host) {
    assertThat(warnings(with("quarkus.http.host", host))).isEmpty();
  }

  @Test
  void modeNoneUnderEveryName_isWarnedOf() {
    warns(with("planwarden.request.allowed-hosts", "*"), "PLANWARDEN_REQUEST_ALLOWED_HOSTS");
    warns(
        with("planwarden.request.allowed-hosts", "localhost, *"),
        "PLANWARDEN_REQUEST_ALLOWED_HOSTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name:8443", "::1", "planwarden,https://planwarden", "a b", "*.example"})
  void hostThatNoCallerCouldName_isRefused(String hosts) {
    refuses(
        with("planwarden.request.allowed-hosts", hosts), "PLANWARDEN_REQUEST_ALLOWED_HOSTS has '");
  }

  @Test
  void hostsThatCallersName_areFine() {
    run(with("planwarden.request.allowed-hosts", " planwarden.Example ,127.0.0.1,[::1]"));
  }

  @ParameterizedTest
  @CsvSource({
    "planwarden.audit.patience, 0, a duration of at least 10ms",
    "planwarden.audit.queue, 0, a whole number from 1 to 1000000",
    "planwarden.audit.probe, 0s, at least 10ms",
    "planwarden.audit.retry, 0s, at least 10ms",
    "planwarden.catalog.time-to-live, 0, at least 1000ms",
    "planwarden.idempotency.keep, 1s, at least 60000ms",
    "planwarden.ncp.connect-timeout, 0, at least 1ms",
    "planwarden.ncp.attempt-timeout, 0, at least 1ms",
    "planwarden.ncp.key-poll, 0, at least 1000ms",
    "planwarden.request.deadline, 0, at least 100ms",
    "planwarden.request.header-timeout, 0, at least 100ms",
    "planwarden.request.body-timeout, 0, at least 100ms",
    "planwarden.request.answer-timeout, 0, at least 100ms",
    "planwarden.sandbox.port, 65536, a whole number from 0 to 65535",
    "planwarden.security.token.reload, soon, a duration of at least 1000ms",
    "planwarden.upstream.rate, -1, a whole number from 0 to 1000000",
    "planwarden.upstream.queue, 0, from 1",
    "planwarden.upstream.queue-per-caller, 0, from 1",
    "planwarden.upstream.concurrency, 0, from 1",
    "planwarden.upstream.breaker.window, 0s, at least 1ms",
    "planwarden.upstream.breaker.calls, 0, from 1",
    "planwarden.upstream.breaker.calls, 1000000000, to 1000000",
    "planwarden.upstream.breaker.ratio, 0, a number from 0.01 to 1",
    "planwarden.upstream.breaker.ratio, 50, from 0.01 to 1",
    "planwarden.upstream.breaker.ratio, NaN, from 0.01 to 1",
    "planwarden.upstream.breaker.delay, 0, at least 1ms",
    "planwarden.upstream.breaker.probes, 0, from 1",
    "planwarden.upstream.retry.attempts, 0, from 1",
  })
  void numberThatCannotBe_isRefused(String setting, String value, String words) {
    refuses(with(setting, value), variable(setting) + " is " + value + "; it must be ");
    refuses(with(setting, value), words);
  }

  @ParameterizedTest
  @CsvSource({"planwarden.upstream.breaker.ratio, 1", "planwarden.upstream.retry.budget, 3"})
  void largestShare_andBudgetThatIsNone_areFine(String setting, String value) {
    run(with(setting, value));
  }

  @ParameterizedTest
  @CsvSource({
    "planwarden.catalog.miss-time-to-live, 0",
    "planwarden.change.staleness-window, 0",
    "planwarden.upstream.rate, 0",
    "planwarden.upstream.read-cache, 0",
    "planwarden.upstream.retry.base, 0",
    "planwarden.upstream.retry.budget, 0",
    "planwarden.upstream.retry.floor, 0",
  })
  void zeroThatMeansSomething_isFine(String setting, String value) {
    run(with(setting, value));
  }

  /** The limits per caller are checked where they are read. */
  static Stream<String> numbers() {
    return ConfigurationReferenceTest.settings()
        .filter(s -> s.preset().filter(p -> p.matches("[0-9.]+(ms|s|m|h)?")).isPresent())
        .map(ConfigurationSources.Setting::name)
        .filter(name -> !name.startsWith("planwarden.ratelimit."));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numberBelowZero_isRefused(String setting) {
    refuses(with(setting, "-1"), variable(setting));
  }

  @Test
  void plainHttpToNcp_isForLoopbackOnly() {
    refuses(
        with("planwarden.ncp.base-url", "http://ncp.example"),
        "PLANWARDEN_NCP_BASE_URL is 'http://ncp.example'");
    assertThatCode(() -> run(with("planwarden.ncp.base-url", "http://127.0.0.1:1")))
        .doesNotThrowAnyException();
    assertThatCode(() -> run(with("planwarden.ncp.base-url", "https://ncp.example")))
        .doesNotThrowAnyException();
  }

  @Test
  void tokenFile_hasToBeNamedAndReadable() {
    refuses(with("planwarden.security.mode", "token"), "PLANWARDEN_SECURITY_TOKEN_FILE");
    refuses(tokens(folder.resolve("absent")), "cannot be read");
  }

  @Test
  void tokenFile_isNobodyElses() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.json"), "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(warnings(tokens(file))).isEmpty();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    warns(tokens(file), "PLANWARDEN_SECURITY_TOKEN_FILE");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    refuses(tokens(file), "everybody on this machine can write");
  }

  @Test
  void oidc_needsIssuerAudienceAndRoles() {
    assertThat(warnings(oidc("quarkus.http.host", "127.0.0.1"))).isEmpty();
    for (String name : OIDC.keySet()) {
      if (name.contains(".oidc.")) {
        refuses(oidc(name, ""), "PLANWARDEN_SECURITY_OIDC_");
      }
    }
    refuses(oidc("planwarden.security.oidc.issuer", "any"), "PLANWARDEN_SECURITY_OIDC_ISSUER");
    refuses(oidc("planwarden.security.oidc.audience", "any"), "PLANWARDEN_SECURITY_OIDC_AUDIENCE");
    refuses(oidc("planwarden.security.oidc.issuer", "http://idp.example"), "must be https");
    refuses(
        oidc("planwarden.security.oidc.url", "http://idp.example"), "PLANWARDEN_SECURITY_OIDC_URL");
    refuses(oidc("planwarden.security.oidc.url", "no url at all"), "PLANWARDEN_SECURITY_OIDC_URL");
    String products = "PLANWARDEN_SECURITY_OIDC_PRODUCTS__";
    run(oidc(products + "WEATHER1__", "weather001"));
    refuses(
        oidc(products + "SYSTEM_SERVICEACCOUNT_SHOP_BILLING__", "weather001"), "confine nobody");
    refuses(oidc("planwarden.security.oidc.products.\"system", "x"), "backslash");
    run(oidc("planwarden.security.oidc.products.\"system:serviceaccount:a:b\"", "weather001"));
    refuses(oidc(products + "WEATHER_TEAM__", "weather001"), products + "WEATHER_TEAM__");
  }

  @Test
  void confinementInOtherLettersThanTheRole_isRefused() {
    Map<String, String> settings = oidc("planwarden.security.oidc.roles.admin", "admins,Weather");
    settings.put("PLANWARDEN_SECURITY_OIDC_PRODUCTS__WEATHER__", "weather001");
    refuses(settings, "'Weather' has a role and is confined to no products; only 'weather' is");
    settings.put("planwarden.security.oidc.products.\"Weather\"", "weather001");
    run(settings);

    Map<String, String> small = oidc("planwarden.security.oidc.roles.admin", "admins,weather");
    small.put("PLANWARDEN_SECURITY_OIDC_PRODUCTS__WEATHER__", "weather001");
    run(small);

    Map<String, String> both = oidc("planwarden.security.oidc.roles.admin", "admins,Weather");
    both.put("planwarden.security.oidc.roles.editor", "weather");
    both.put("planwarden.security.oidc.products.\"weather\"", "weather001");
    run(both);
  }

  @Test
  void confinementByAVariable_isWarnedOfWhereItsLettersCannotBeTold() {
    Map<String, String> settings = oidc("quarkus.http.host", "127.0.0.1");
    settings.put("PLANWARDEN_SECURITY_OIDC_PRODUCTS__WEATHERTEAM__", "weather001");
    warns(
        settings,
        "PLANWARDEN_SECURITY_OIDC_PRODUCTS__WEATHERTEAM__ confines 'weatherteam', in small letters");
    settings.put("planwarden.security.oidc.roles.reader", "weatherteam");
    assertThat(warnings(settings)).isEmpty();

    Map<String, String> inAFile = oidc("quarkus.http.host", "127.0.0.1");
    inAFile.put("planwarden.security.oidc.products.\"weatherteam\"", "weather001");
    inAFile.put("PLANWARDEN_SECURITY_OIDC_PRODUCTS__4711__", "weather001");
    assertThat(warnings(inAFile)).isEmpty();
  }

  @Test
  void tokensOverPlainHttp_areWarnedOf() {
    String words = "QUARKUS_HTTP_HOST is 0.0.0.0 and takes plain HTTP";
    Map<String, String> open = new HashMap<>(oidc("quarkus.http.host", "0.0.0.0"));
    warns(open, words);
    // A certificate alone closes nothing.
    open.put("quarkus.http.ssl-port", "8443");
    warns(open, words);
    open.put("quarkus.http.insecure-requests", "redirect");
    warns(open, words);
    open.put("quarkus.http.insecure-requests", "disabled");
    assertThat(warnings(open)).isEmpty();
  }

  @Test
  void everythingThatIsWrong_isSaidAtOnce() {
    assertThatThrownBy(() -> run(Map.of("planwarden.storage.kind", "oracle")))
        .hasMessageContainingAll("NCP_ACCESS_KEY", "STORAGE_KIND", "PLANWARDEN_SECURITY_MODE");
  }

  private static String variable(String setting) {
    return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> tokens(Path file) {
    Map<String, String> settings = with("planwarden.security.mode", "token");
    settings.put("planwarden.security.token.file", file.toString());
    return settings;
  }

  private static Map<String, String> oidc(String name, String value) {
    Map<String, String> settings = new HashMap<>(KEYS);
    settings.putAll(OIDC);
    settings.put(name, value);
    return settings;
  }

  private static void warns(Map<String, String> settings, String words) {
    assertThat(warnings(settings)).singleElement().asString().contains(words);
  }

  private static List<String> warnings(Map<String, String> settings) {
    StartupChecks checks = checks(settings);
    checks.run();
    return checks.warnings();
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
    checks(settings).run();
  }

  /** What is in capitals is given as an environment variable. */
  private static StartupChecks checks(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.keySet().removeIf(name -> !name.startsWith("PLANWARDEN_"));
    Map<String, String> properties = new HashMap<>(settings);
    properties.keySet().removeAll(environment.keySet());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(NcpConfig.class)
            .withMapping(SandboxConfig.class)
            .withMapping(StorageConfig.class)
            .withMapping(ReplicaConfig.class)
            .withMapping(SecurityConfig.class)
            .withSources(
                new PropertiesConfigSource(properties, "test", 100),
                new EnvConfigSource(environment, 300))
            .build();
    return new StartupChecks(
        config.getConfigMapping(NcpConfig.class),
        config.getConfigMapping(SandboxConfig.class),
        config.getConfigMapping(StorageConfig.class),
        config.getConfigMapping(ReplicaConfig.class),
        config.getConfigMapping(SecurityConfig.class),
        config);
  }

  private static Map<String, String> keysIn(Path folder) {
    return Map.of(
        "planwarden.ncp.key-directory", folder.toString(),
        "planwarden.security.mode", "none",
        "quarkus.http.host", "127.0.0.1");
  }
}
