package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the manifests let in, and what they may do. */
class CallersOfManifestsTest {
  private static final String SQLITE = "overlays/sqlite";
  private static final String POSTGRESQL = "overlays/postgresql";

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void callerOfTheExample_isLetInAndHasARole(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Map<String, String> environment = manifests.environment();
    Manifests caller = Manifests.of("examples/caller");
    String job = "spec.template.";
    String token = "spec.volumes[0].projected.sources[0].serviceAccountToken.";

    assertThat(caller.<String>get("Job", job + token + "audience"))
        .isEqualTo(environment.get("PLANWARDEN_SECURITY_OIDC_AUDIENCE"));
    assertThat(environment.get("PLANWARDEN_SECURITY_OIDC_ROLES_EDITOR").split(","))
        .contains(
            "system:serviceaccount:%s:%s"
                .formatted(
                    caller.<String>get("Job", "metadata.namespace"),
                    caller.<String>get("Job", job + "spec.serviceAccountName")));
    assertThat(caller.<Map<String, String>>get("Job", job + "metadata.labels"))
        .isEqualTo(
            manifests.policy(
                "find { it.metadata.name == 'planwarden' }"
                    + ".spec.ingress[0].from[0].podSelector.matchLabels"));
    Matcher url =
        Pattern.compile("https://([a-z.]+)/v1/usage-plans")
            .matcher(
                String.join(
                    " ", caller.<List<String>>get("Job", job + "spec.containers[0].command")));
    assertThat(url.find()).isTrue();
    assertThat(environment.get("PLANWARDEN_REQUEST_ALLOWED_HOSTS").split(","))
        .contains(url.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {SQLITE, POSTGRESQL})
  void somebodyOfTheManifests_mayReadAndArchiveTheAudit(String overlay) {
    Manifests manifests = Manifests.of(overlay);

    assertThat(manifests.environment().get("PLANWARDEN_SECURITY_OIDC_ROLES_ADMIN"))
        .isEqualTo(
            "system:serviceaccount:%s:operator"
                .formatted(manifests.<String>get("Deployment", "metadata.namespace")));
    assertThat(manifests.<String>all("ServiceAccount", "metadata.name")).contains("operator");
    assertThat(manifests.<Boolean>all("ServiceAccount", "automountServiceAccountToken"))
        .containsOnly(false);
  }

  @Test
  void callerThatIsConfined_isTheOneOfTheExampleByItsSubject() throws IOException {
    Manifests manifests = Manifests.of("examples/confined");
    String volume = manifests.container("volumeMounts.find { it.mountPath == '/app/config' }.name");
    assertThat(
            manifests.<String>pod(
                "spec.volumes.find { it.name == '%s' }.configMap.name".formatted(volume)))
        .isEqualTo("planwarden-confinement");
    List<String> files =
        manifests.all("ConfigMap", "data.'application.properties'").stream()
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .toList();
    Properties settings = new Properties();
    settings.load(new StringReader(String.join("\n", files)));

    assertThat(settings)
        .containsOnlyKeys(
            "planwarden.security.oidc.products.\"%s\""
                .formatted(
                    Manifests.of(SQLITE)
                        .environment()
                        .get("PLANWARDEN_SECURITY_OIDC_ROLES_EDITOR")));
    // It is where the image's program runs.
    assertThat(Files.readAllLines(Path.of("src/main/docker/Dockerfile.jvm")))
        .contains("WORKDIR /app");
  }
}
