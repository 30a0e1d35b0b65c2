package io.planwarden.security;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static io.planwarden.security.IdentityProviderServer.KEYS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers whom an identity provider vouches for; and tokens that nobody should have accepted. */
@QuarkusTest
@TestProfile(IdentityProviderServer.Profile.class)
class OidcTest {
  private static final Keys STRANGER = Keys.elliptic("key-1");
  private static final Keys UNPUBLISHED = Keys.elliptic("key-2");
  private static final Keys NEXT = Keys.rsa("key-3");

  WireMockServer provider;

  @Inject Clock clock;

  @AfterEach
  void usualKeys() {
    IdentityProviderServer.keys(provider, okJson(KEYS.published()));
  }

  @Test
  void groups_becomeRoles() {
    read(KEYS.signed(claims("plan-readers"))).statusCode(200);
    edit(KEYS.signed(claims("plan-readers"))).statusCode(403).body("code", equalTo("forbidden"));
    edit(KEYS.signed(claims("plan-editors"))).statusCode(200);
    audit(KEYS.signed(claims("plan-editors"))).statusCode(403);
    audit(KEYS.signed(claims("auditors"))).statusCode(200);
    read(KEYS.signed(claims("auditors"))).statusCode(403);
    read(KEYS.signed(claims("platform"))).statusCode(200);
    read(KEYS.signed(claims("nobody-in-configuration"))).statusCode(403);
  }

  @Test
  void change_isOnRecordUnderTheSubject() {
    String operation = edit(KEYS.signed(claims("plan-editors"))).extract().header("Operation-Id");

    as(KEYS.signed(claims("plan-editors")))
        .get("/v1/operations/" + operation)
        .then()
        .statusCode(200)
        .body("caller.id", equalTo("service-7"))
        .body("caller.kind", equalTo("oidc"))
        .body("caller.verified", equalTo(true));
  }

  @Test
  void groupsWithProducts_confineToAllOfThem() {
    assertThat(products(KEYS.signed(claims("weather-team")))).containsExactly("weather001");
    assertThat(products(KEYS.signed(claims("weather-team", "maps-team"))))
        .containsExactlyInAnyOrder("weather001", "maps000001");
  }

  /** Whatever its other groups give: these roles are about all products. */
  @Test
  void confinedCaller_isNeitherAuditorNorAdmin() {
    String token = KEYS.signed(claims("auditors", "platform", "weather-team"));

    audit(token).statusCode(403).body("code", equalTo("forbidden"));
    as(token)
        .delete("/v1/usage-plans/plangold01?cascade=true")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    assertThat(products(token)).containsExactly("weather001");
  }

  private static List<String> products(String token) {
    return as(token).get("/v1/products").then().statusCode(200).extract().path("items.productId");
  }

  @Test
  void wrongAudience_isRefused() {
    refused(KEYS.signed(with("aud", "another")));
    refused(KEYS.signed(without("aud")));
  }

  @Test
  void wrongIssuer_isRefused() {
    refused(KEYS.signed(with("iss", "https://another.example")));
    refused(KEYS.signed(without("iss")));
  }

  @Test
  void expired_isRefused() {
    refused(KEYS.signed(with("exp", epoch(-60))));
    refused(KEYS.signed(without("exp")));
  }

  @Test
  void notYetValid_isRefused() {
    refused(KEYS.signed(with("nbf", epoch(600))));
  }

  @Test
  void unsigned_isRefused() {
    String token = KEYS.unsigned(claims("platform"));
    refused(token);
    refused(token.substring(0, token.length() - 1));
  }

  @Test
  void signedWithThePublicKeyAsSecret_isRefused() {
    refused(KEYS.confused(claims("platform"), KEYS.encoded()));
    refused(KEYS.confused(claims("platform"), KEYS.pem()));
  }

  @Test
  void signedByAnotherKey_isRefused() {
    refused(STRANGER.signed(claims("platform")));
    refused(UNPUBLISHED.signed(claims("platform")));
  }

  @Test
  void exchangedKeys_areFollowedAlthoughAStrangerHadThemReadBefore() {
    refused(UNPUBLISHED.signed(claims("platform")));

    IdentityProviderServer.keys(provider, okJson(NEXT.published()));

    read(NEXT.signed(claims("platform"))).statusCode(200);
    refused(KEYS.signed(claims("platform")));
  }

  static List<ResponseDefinitionBuilder> failures() {
    return List.of(
        serverError(),
        aResponse().withStatus(302),
        okJson("{\"keys\":[{\"kty\":\"RSA\"}"),
        ok("<html>"),
        ok(),
        aResponse().withFault(Fault.EMPTY_RESPONSE),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void exchangedKeysThatCannotBeRead_areAskedForAgain(ResponseDefinitionBuilder failure) {
    String token = NEXT.signed(claims("platform"));
    read(KEYS.signed(claims("platform"))).statusCode(200);

    IdentityProviderServer.keys(provider, failure);
    read(token)
        .statusCode(503)
        .header("Retry-After", "1")
        .body("code", equalTo("identity-provider-unavailable"));
    read(KEYS.signed(claims("platform"))).statusCode(200);

    IdentityProviderServer.keys(provider, okJson(NEXT.published()));
    read(token).statusCode(200);
  }

  @Test
  void claimsOfAnotherToken_areRefused() {
    String[] mine = KEYS.signed(claims("plan-readers")).split("\\.");
    String[] theirs = UNPUBLISHED.signed(claims("platform")).split("\\.");
    refused(mine[0] + "." + theirs[1] + "." + mine[2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.c", "pw_0123456789", "..", "e30.e30."})
  void whatIsNoToken_isRefused(String token) {
    read(token).statusCode(401);
  }

  @Test
  void tokenWithoutSubject_isRefused() {
    refused(KEYS.signed(without("sub")));
    refused(KEYS.signed(with("sub", "two\nlines")));
  }

  @Test
  void noToken_isRefused() {
    given()
        .get("/v1/usage-plans")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", equalTo("Bearer realm=\"planwarden\""))
        .body("code", equalTo("unauthenticated"));
  }

  private static void refused(String token) {
    read(token)
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
        .body("code", equalTo("unauthenticated"));
  }

  private static ValidatableResponse read(String token) {
    return as(token).get("/v1/usage-plans/planfree01").then();
  }

  private static ValidatableResponse audit(String token) {
    return as(token).get("/v1/audit").then();
  }

  private static ValidatableResponse edit(String token) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("usagePlanName", "Free", "rateRps", 6))
        .put("/v1/usage-plans/planfree01")
        .then();
  }

  private static io.restassured.specification.RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private Map<String, Object> claims(String... groups) {
    return IdentityProviderServer.claims(provider, clock.instant(), groups);
  }

  private Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = claims("platform");
    claims.put(claim, value);
    return claims;
  }

  private Map<String, Object> without(String claim) {
    Map<String, Object> claims = claims("platform");
    claims.remove(claim);
    return claims;
  }

  private long epoch(long seconds) {
    return clock.instant().plusSeconds(seconds).getEpochSecond();
  }
}
