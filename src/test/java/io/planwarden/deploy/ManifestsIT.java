package io.planwarden.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.planwarden.app.AppProcess;
import io.planwarden.app.Certificates;
import io.planwarden.security.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with the environment that its pod has, mounts moved to a folder. */
class ManifestsIT {
  private static final String CLUSTER_TOKEN = "of-the-pod";
  private static final Keys KEYS = Keys.elliptic("cluster");

  private final Manifests manifests = Manifests.of("overlays/sqlite");
  private final Map<String, String> pod = manifests.environment();
  private final WireMockServer cluster =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  @TempDir Path root;

  /** An API server that tells its keys to whom it knows. */
  @BeforeEach
  void startCluster() {
    cluster.start();
    String discovered =
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/openid/v1/jwks\"}"
            .formatted(pod.get("PLANWARDEN_SECURITY_OIDC_ISSUER"), cluster.baseUrl());
    Map.of("/.well-known/openid-configuration", discovered, "/openid/v1/jwks", KEYS.published())
        .forEach(
            (path, body) ->
                cluster.stubFor(
                    get(path)
                        .withHeader("Authorization", equalTo("Bearer " + CLUSTER_TOKEN))
                        .willReturn(okJson(body))));
  }

  @AfterEach
  void stopCluster() {
    cluster.stop();
  }

  @Test
  void pod_isProbedAndLetsTheCallerOfTheExampleInOverTls() throws IOException {
    mount();
    try (AppProcess app = AppProcess.service(environment())) {
      String management = app.managementUrl().replace("0.0.0.0", "localhost");
      for (String probe : new String[] {"startup", "liveness", "readiness"}) {
        String path = manifests.container(probe + "Probe.httpGet.path");
        given().baseUri(management).get(path).then().statusCode(200);
      }
      String metrics = manifests.get("ServiceMonitor", "spec.endpoints[0].path");
      assertThat(
              given().baseUri(management).get(metrics).then().statusCode(200).extract().asString())
          .contains("planwarden_audit_writable 1.0");

      String api = app.url().replace("0.0.0.0", "localhost");
      assertThat(api).startsWith("https:");
      assertThat(status(api, token("system:serviceaccount:shop:billing"))).isEqualTo(200);
      assertThat(status(api, token("system:serviceaccount:shop:stranger"))).isEqualTo(403);
      assertThat(status(api, "none")).isEqualTo(401);
      // Nothing is said against its secrets, its TLS or its names.
      assertThat(app.output()).doesNotContainPattern("(WARN|ERROR) +\\[io\\.pla");
    }
  }

  private static int status(String api, String token) {
    return given()
        .relaxedHTTPSValidation()
        .baseUri(api)
        .header("Host", "planwarden.planwarden.svc")
        .header("Authorization", "Bearer " + token)
        .get("/v1/operations?requestId=none")
        .statusCode();
  }

  private String token(String subject) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    Map<String, Object> claims = new TreeMap<>();
    claims.put("iss", pod.get("PLANWARDEN_SECURITY_OIDC_ISSUER"));
    claims.put("aud", pod.get("PLANWARDEN_SECURITY_OIDC_AUDIENCE"));
    claims.put("sub", subject);
    claims.put("iat", now);
    claims.put("exp", now + 600);
    return KEYS.signed(claims);
  }

  /** What the volumes of the pod hold. */
  private void mount() throws IOException {
    secret("/run/secrets/ncp/access-key", "ofTheIntegrationTest");
    secret("/run/secrets/ncp/secret-key", "ofTheIntegrationTest");
    secret("/run/secrets/cluster/token", CLUSTER_TOKEN);
    Certificates certificates = new Certificates(moved("/run/secrets/tls"));
    certificates.make("server");
    certificates.mount("server", "tls");
    Files.copy(moved("/run/secrets/tls/tls.crt"), moved("/run/secrets/cluster/ca.crt"));
  }

  private void secret(String file, String content) throws IOException {
    Files.createDirectories(moved(file).getParent());
    Files.writeString(moved(file), content);
    moved(file).toFile().setReadable(false, false);
    moved(file).toFile().setReadable(true, true);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(pod);
    environment.replaceAll((name, value) -> value.startsWith("/") ? moved(value) + "" : value);
    environment.put("PLANWARDEN_SECURITY_OIDC_URL", cluster.baseUrl());
    environment.keySet().removeIf(name -> name.endsWith("_PORT"));
    return environment;
  }

  private Path moved(String path) {
    return root.resolve(path.substring(1));
  }
}
