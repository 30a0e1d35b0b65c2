package io.planwarden.security;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.planwarden.security.IdentityProviderServer.KEYS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.planwarden.app.CapturedLog;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * An identity provider that fails lets nobody in, and does not stop the start; when it comes,
 * nobody starts Planwarden anew; when it fails again, tokens of known keys stay good.
 */
@QuarkusTest
@TestProfile(IdentityProviderServer.LateProfile.class)
@TestMethodOrder(OrderAnnotation.class)
class LateProviderTest {
  WireMockServer provider;

  @Inject Clock clock;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @Test
  @Order(1)
  void token_isNeitherTakenNorCalledWrong() {
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 5; i++) {
        read(KEYS, Duration.ZERO)
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
  @Order(1)
  void process_isNotReady() {
    ready()
        .statusCode(503)
        .body("checks.find { it.name == 'callers' }.status", equalTo("DOWN"))
        .body(
            "checks.find { it.name == 'callers' }.data.provider",
            equalTo("its keys could not be read yet"));
    assertThat(keysRead()).isEqualTo("0.0");
  }

  @Test
  @Order(1)
  void noToken_isRefusedAsAlways() {
    given().get("/v1/usage-plans").then().statusCode(401);
  }

  /** No caller has to come for it: none is sent to a process that is not ready. */
  @Test
  @Order(2)
  void providerThatComes_makesTheProcessReadyAndLetsCallersIn() {
    IdentityProviderServer.discovery(provider);

    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> ready().statusCode(200));
    assertThat(keysRead()).isEqualTo("1.0");
    read(KEYS, Duration.ZERO).statusCode(200);
  }

  /** Keys that could not be read, and that are not asked for again yet. */
  @Test
  @Order(3)
  void unknownKey_isNotHeldAgainstTheToken() {
    provider.resetRequests();
    IdentityProviderServer.keys(provider, serverError());

    for (int i = 0; i < 3; i++) {
      read(Keys.elliptic("key-3"), Duration.ZERO)
          .statusCode(503)
          .header("Retry-After", "1")
          .body("code", equalTo("identity-provider-unavailable"));
    }
    provider.verify(1, getRequestedFor(urlEqualTo("/keys")));

    read(KEYS, Duration.ZERO).statusCode(200);
    read(KEYS, Duration.ofHours(1)).statusCode(401);
    read(Keys.elliptic("key-1"), Duration.ZERO).statusCode(401);
  }

  private String keysRead() {
    return given()
        .port(managementPort)
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("planwarden_security_keys_read "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findAny()
        .orElseThrow();
  }

  private ValidatableResponse ready() {
    return given().port(managementPort).get("/q/health/ready").then();
  }

  private ValidatableResponse read(Keys keys, Duration age) {
    var claims = IdentityProviderServer.claims(provider, clock.instant().minus(age), "platform");
    return given()
        .header("Authorization", "Bearer " + keys.signed(claims))
        .get("/v1/usage-plans/planfree01")
        .then();
  }
}
