package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests name things that exist, in the application and in each other. */
class ManifestsTest {
  private static final String SQLITE = "overlays/sqlite";
  private static final String POSTGRESQL = "overlays/postgresql";
  private static final Set<String> SECRET_SETTINGS =
      Set.of("NCP_ACCESS_KEY", "NCP_SECRET_KEY", "PLANWARDEN_STORAGE_PASSWORD");

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void environment_isOfSettingsThatExist(String overlay) {
    Set<String> unknown = new TreeSet<>(Manifests.of(overlay).environment().keySet());
    unknown.removeIf(Settings::has);

    assertThat(unknown).isEmpty();
  }

  @Test
  void settingThatDoesNotExist_isNoticed() {
    assertThat(Settings.has("PLANWARDEN_STORAGE_PATH")).isTrue();
    assertThat(Settings.has("PLANWARDEN_STORAGE_PAHT")).isFalse();
    assertThat(Settings.has("QUARKUS_HTTP_SSL_PROT")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void secrets_areMountedFilesOnly(String overlay) {
    Manifests manifests = Manifests.of(overlay);

    assertThat(manifests.kinds()).doesNotContain("Secret");
    assertThat(manifests.environment()).doesNotContainKeys(SECRET_SETTINGS.toArray(String[]::new));
    assertThat(manifests.all("Deployment", "spec.template.spec.containers.env.flatten().findAll()"))
        .containsExactly(List.of());
    assertThat(manifests.<List<Map<String, Object>>>container("envFrom")).hasSize(1);
    assertThat(manifests.<List<Integer>>pod("spec.volumes.secret.defaultMode.findAll { it }"))
        .containsOnly(0440);
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void filesOfTheEnvironment_areInMountedVolumes(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    List<String> mounted = manifests.container("volumeMounts.mountPath");

    assertThat(manifests.environment().values().stream().flatMap(ManifestsTest::paths))
        .isNotEmpty()
        .allMatch(path -> mounted.stream().anyMatch(mount -> path.startsWith(mount)));
    assertThat(manifests.<List<String>>pod("spec.volumes.name"))
        .containsExactlyInAnyOrderElementsOf(manifests.container("volumeMounts.name"));
  }

  private static Stream<String> paths(String value) {
    Matcher path = Pattern.compile("(?:^|=)(/[a-z]+/[^&]*)").matcher(value);
    return path.results().map(found -> found.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void ports_areThoseThatTheApplicationListensOn(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Map<String, String> environment = manifests.environment();

    assertThat(
            manifests.<Map<String, Integer>>container(
                "ports.collectEntries {[it.name, it.containerPort]}"))
        .containsOnly(
            Map.entry("https", Integer.valueOf(environment.get("QUARKUS_HTTP_SSL_PORT"))),
            Map.entry("management", Integer.valueOf(environment.get("QUARKUS_MANAGEMENT_PORT"))));
    assertThat(manifests.<List<String>>get("Service", "spec.ports.targetPort"))
        .containsExactly("https", "management");
    assertThat(Stream.of("startup", "liveness", "readiness"))
        .allMatch(probe -> "management".equals(manifests.container(probe + "Probe.httpGet.port")));
    assertThat(manifests.<List<String>>get("ServiceMonitor", "spec.endpoints.port"))
        .containsExactly("management");
    assertThat(
            manifests.<List<List<String>>>policy(
                "find { it.metadata.name == 'planwarden' }.spec.ingress.ports.port"))
        .containsExactly(List.of("https"), List.of("management"));
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void pod_isFoundByEverythingThatSelectsIt(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Map<String, String> labels = manifests.pod("metadata.labels");

    assertThat(manifests.<Object>get("Deployment", "spec.selector.matchLabels")).isEqualTo(labels);
    assertThat(manifests.<Object>get("Service", "spec.selector")).isEqualTo(labels);
    assertThat(manifests.<Object>get("PodDisruptionBudget", "spec.selector.matchLabels"))
        .isEqualTo(labels);
    assertThat(manifests.all("NetworkPolicy", "spec.podSelector.matchLabels")).containsOnly(labels);
    assertThat(manifests.<Object>get("ServiceMonitor", "spec.selector.matchLabels"))
        .isEqualTo(manifests.get("Service", "metadata.labels"));
    assertThat(manifests.<String>all("ServiceAccount", "metadata.name"))
        .contains(manifests.<String>pod("spec.serviceAccountName"));
  }

  /** Else every drain would wait for the database. */
  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void podsThatAreNotReady_keepNoNodeFromBeingDrained(String overlay) {
    Manifests manifests = Manifests.of(overlay);

    assertThat(manifests.<String>get("PodDisruptionBudget", "spec.unhealthyPodEvictionPolicy"))
        .isEqualTo("AlwaysAllow");
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void container_mayDoNothingButWriteOneVolume(String overlay) {
    Manifests manifests = Manifests.of(overlay);

    assertThat(manifests.<Boolean>pod("spec.securityContext.runAsNonRoot")).isTrue();
    assertThat(manifests.<String>pod("spec.securityContext.seccompProfile.type"))
        .isEqualTo("RuntimeDefault");
    assertThat(manifests.<Boolean>pod("spec.automountServiceAccountToken")).isFalse();
    assertThat(manifests.<Boolean>container("securityContext.readOnlyRootFilesystem")).isTrue();
    assertThat(manifests.<Boolean>container("securityContext.allowPrivilegeEscalation")).isFalse();
    assertThat(manifests.<List<String>>container("securityContext.capabilities.drop"))
        .containsExactly("ALL");
    assertThat(manifests.<List<String>>container("volumeMounts.findAll { !it.readOnly }.mountPath"))
        .containsExactly("/data");
    assertThat(manifests.<String>container("resources.limits.memory")).isNotBlank();
    assertThat(manifests.<String>container("resources.requests.cpu")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void graceOfThePod_isLongerThanTheDrain(String overlay) throws IOException {
    Manifests manifests = Manifests.of(overlay);
    Duration delay = seconds(manifests.environment().get("QUARKUS_SHUTDOWN_DELAY"));
    Duration drain = delay.plus(seconds(built("%prod.quarkus.shutdown.timeout")));
    int grace = manifests.pod("spec.terminationGracePeriodSeconds");

    assertThat(Duration.ofSeconds(grace)).isGreaterThanOrEqualTo(drain.plusSeconds(5));
    int period = manifests.container("readinessProbe.periodSeconds");
    int failures = manifests.container("readinessProbe.failureThreshold");
    assertThat(delay).isGreaterThanOrEqualTo(Duration.ofSeconds((long) period * failures));
  }

  private static Duration seconds(String text) {
    return Duration.parse("PT" + text);
  }

  private static String built(String property) throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
      properties.load(in);
    }
    return properties.getProperty(property);
  }

  @Test
  void sqlite_isOneReplicaThatEndsBeforeTheNextBegins() {
    Manifests manifests = Manifests.of(SQLITE);

    assertThat(manifests.<Integer>get("Deployment", "spec.replicas")).isEqualTo(1);
    assertThat(manifests.<String>get("Deployment", "spec.strategy.type")).isEqualTo("Recreate");
    assertThat(manifests.environment()).containsEntry("PLANWARDEN_STORAGE_KIND", "sqlite");
    assertThat(
            manifests.<String>pod(
                "spec.volumes.find { it.name == 'data' }.persistentVolumeClaim.claimName"))
        .isEqualTo(manifests.get("PersistentVolumeClaim", "metadata.name"));
  }

  @Test
  void podToRestoreIn_hasTheImageUserAndVolumeOfTheOneThatItStandsInFor() {
    Manifests sqlite = Manifests.of(SQLITE);
    Manifests restore = Manifests.of("examples/restore");
    String volume = "spec.volumes.find { it.name == 'data' }";

    for (String same : List.of("spec.securityContext", volume)) {
      assertThat(restore.<Object>get("Pod", same)).isEqualTo(sqlite.pod(same));
    }
    for (String same : List.of("image", "securityContext")) {
      assertThat(restore.<Object>get("Pod", "spec.containers[0]." + same))
          .isEqualTo(sqlite.container(same));
    }
    assertThat(restore.<List<String>>get("Pod", "spec.containers[0].volumeMounts.mountPath"))
        .containsExactly("/data");
  }

  @Test
  void postgresql_isSeveralReplicasThatKnowHowManyTheyAre() {
    Manifests manifests = Manifests.of(POSTGRESQL);
    Map<String, String> environment = manifests.environment();
    int replicas = manifests.get("Deployment", "spec.replicas");
    int surge = manifests.get("Deployment", "spec.strategy.rollingUpdate.maxSurge");

    assertThat(replicas).isGreaterThan(1);
    assertThat(environment)
        .containsEntry("PLANWARDEN_STORAGE_KIND", "postgresql")
        .containsEntry("PLANWARDEN_REPLICA_COUNT", String.valueOf(replicas + surge))
        .doesNotContainKey("PLANWARDEN_STORAGE_PATH");
    assertThat(manifests.kinds()).doesNotContain("PersistentVolumeClaim");
  }

  @Test
  void database_isWithinReach() {
    Manifests manifests = Manifests.of(POSTGRESQL);
    URI url = URI.create(manifests.environment().get("PLANWARDEN_STORAGE_URL").substring(5));
    String rule = "find { it.metadata.name == 'planwarden-database' }.spec.egress[0]";

    assertThat(manifests.<Integer>policy(rule + ".ports[0].port")).isEqualTo(url.getPort());
    assertThat(manifests.<Map<String, String>>policy(rule + ".to[0].namespaceSelector.matchLabels"))
        .containsValue(url.getHost().split("\\.")[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void service_isOneOfTheNamesThatAreAnswered(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    String name = manifests.get("Service", "metadata.name");
    String namespace = manifests.get("Service", "metadata.namespace");

    assertThat(manifests.environment().get("PLANWARDEN_REQUEST_ALLOWED_HOSTS").split(","))
        .contains(name + "." + namespace, name + "." + namespace + ".svc");
  }

  @Test
  void image_isOfThisVersion() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>planwarden</artifactId>\\s*<version>(.+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(Manifests.of(SQLITE).<String>container("image"))
        .isEqualTo("planwarden:" + version.group(1));
  }

  /**
   * Part of verify where Debian's kubectl is installed; elsewhere asked for by {@code -Pkubectl}.
   */
  @Tag("kubectl")
  @ParameterizedTest
  @ValueSource(
      strings = {SQLITE, POSTGRESQL, "examples/caller", "examples/confined", "examples/restore"})
  void kustomizeItself_makesTheSame(String folder) throws Exception {
    Process kubectl = new ProcessBuilder("kubectl", "kustomize", "deploy/" + folder).start();
    String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();

    String withoutHash = yaml.replaceAll("(name: planwarden(-confinement)?)-[a-z0-9]{10}\\b", "$1");
    assertThat(sorted(Kustomization.documents(withoutHash)))
        .isEqualTo(sorted(Kustomization.render(Path.of("deploy", folder))));
  }

  /** Lists in one order, because a patch may put its items before or after those of the base. */
  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, member) -> sorted.put((String) name, sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(ManifestsTest::sorted)
          .sorted(Comparator.comparing(String::valueOf))
          .toList();
    }
    return value;
  }
}
