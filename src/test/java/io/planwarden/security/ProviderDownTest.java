package io.planwarden.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
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

  @Inject Config config;

  @Test
  void token_isNeitherTakenNorCalledWrong() {
    String token =
        Keys.elliptic("k")
            .signed(new TreeMap<>(Map.of("iss", "http://127.0.0.1:1", "aud", "planwarden")));

    given()
        .header("Authorization", "Bearer " + token)
        .get("/v1/usage-plans")
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("identity-provider-unavailable"));
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
