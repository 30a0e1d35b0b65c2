package io.planwarden.idempotency;

import static io.planwarden.security.TokenProfile.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.planwarden.security.TokenProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Keys of several callers, where a POST must have one. */
@QuarkusTest
@TestProfile(KeysOfCallersTest.Required.class)
class KeysOfCallersTest {
  /** Tokens, and a key for every POST. */
  public static final class Required implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new TreeMap<>(new TokenProfile().getConfigOverrides());
      config.put("planwarden.storage.path", "target/test-data/keys-${quarkus.uuid}.db");
      config.put("planwarden.idempotency.require-for-post", "true");
      return config;
    }
  }

  @Inject SandboxClient sandbox;

  @Test
  void key_isItsCallersOwn() {
    Response one = create(TokenProfile.EDITOR, "One");
    Response two = create(TokenProfile.ADMIN, "Two");
    one.then().statusCode(201);
    two.then().statusCode(201).header("Idempotency-Replayed", nullValue());
    create(TokenProfile.EDITOR, "Two").then().statusCode(422);

    find(TokenProfile.EDITOR).body("items.operationId", contains(one.header("Operation-Id")));
    find(TokenProfile.AUDITOR)
        .body(
            "items.operationId", contains(two.header("Operation-Id"), one.header("Operation-Id")));
    find(TokenProfile.READER).body("items", hasSize(0));
  }

  @Test
  void postWithoutKey_is400_andOthersAreFree() {
    as(TokenProfile.EDITOR)
        .contentType("application/json")
        .body("{\"usagePlanName\": \"No key\"}")
        .post("/v1/usage-plans")
        .then()
        .statusCode(400)
        .body("code", equalTo("idempotency-key-required"));
    as(TokenProfile.EDITOR).delete("/v1/usage-plans/planopen01").then().statusCode(204);
    as(TokenProfile.ADMIN)
        .contentType("application/json")
        .body("{\"through\": \"1:" + "0".repeat(64) + "\"}")
        .post("/v1/audit/archive")
        .then()
        .statusCode(409)
        .body("code", equalTo("archive-refused"));
  }

  private static Response create(String token, String name) {
    return as(token)
        .header("Idempotency-Key", "shared")
        .contentType("application/json")
        .body("{\"usagePlanName\": \"" + name + "\"}")
        .post("/v1/usage-plans");
  }

  private static ValidatableResponse find(String token) {
    return as(token)
        .queryParam("idempotencyKey", "shared")
        .get("/v1/operations")
        .then()
        .statusCode(200);
  }
}
