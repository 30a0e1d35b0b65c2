package io.planwarden.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.planwarden.app.CapturedLog;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An identity provider that nobody reaches lets nobody in, and does not stop the start. */
@QuarkusTest
@TestProfile(ProviderDownTest.Down.class)
class ProviderDownTest {
  /** Nothing listens where the provider should be. */
  public static final class Down implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.security.mode", "oidc",
          "planwarden.security.oidc.issuer", "http://127.0.0.1:1",
          "planwarden.security.oidc.audience", "planwarden",
          "planwarden.security.oidc.roles.admin", "platform",
          "planwarden.storage.path", "target/test-data/down-${quarkus.uuid}.db");
    }
  }

  private static final String TOKEN =
      Keys.elliptic("k")
          .signed(new TreeMap<>(Map.of("iss", "http://127.0.0.1:1", "aud", "planwarden")));

  @Inject Config config;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @Test
  void token_isNeitherTakenNorCalledWrong() {
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 5; i++) {
        given()
            .header("Authorization", "Bearer " + TOKEN)
            .get("/v1/usage-plans")
            .then()
            .statusCode(503)
            .header("Retry-After", notNullValue())
            .body("code", equalTo("identity-provider-unavailable"));
      }
      assertThat(log.lines())
          .as("one line for all, or none after that of the start")
          .hasSizeLessThan(2);
    }
  }

  /** Or a rollout would replace processes that have the keys by such as refuse everybody. */
  @Test
  void process_isNotReady() {
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("checks.find { it.name == 'callers' }.status", equalTo("DOWN"))
        .body(
            "checks.find { it.name == 'callers' }.data.provider",
            equalTo("its keys could not be read yet"));
    given()
        .port(managementPort)
        .get("/q/metrics")
        .then()
        .body(containsString("planwarden_security_keys_read 0.0"));
  }

  @Test
  void keys_mayBeAskedForAgainWithinSeconds() {
    assertThat(config.getValue("quarkus.oidc.token.forced-jwk-refresh-interval", Duration.class))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  @Test
  void noToken_isRefusedAsAlways() {
    given().get("/v1/usage-plans").then().statusCode(401);
  }
}
