package io.planwarden.security;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.planwarden.security.IdentityProviderServer.KEYS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keys that could not be read, and that are not asked for again yet. */
@QuarkusTest
@TestProfile(IdentityProviderServer.OnceProfile.class)
class KeysUnreadTest {
  WireMockServer provider;

  @Inject Clock clock;

  @Test
  void unknownKey_isNotHeldAgainstTheToken() {
    read(KEYS, Duration.ZERO).statusCode(200);
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

  private ValidatableResponse read(Keys keys, Duration age) {
    var claims = IdentityProviderServer.claims(provider, clock.instant().minus(age), "platform");
    return given()
        .header("Authorization", "Bearer " + keys.signed(claims))
        .get("/v1/usage-plans/planfree01")
        .then();
  }
}
