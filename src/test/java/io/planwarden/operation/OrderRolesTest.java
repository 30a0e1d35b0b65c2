package io.planwarden.operation;

import static io.planwarden.security.TokenProfile.ADMIN;
import static io.planwarden.security.TokenProfile.EDITOR;
import static io.planwarden.security.TokenProfile.MAPS;
import static io.planwarden.security.TokenProfile.WEATHER;
import static io.planwarden.security.TokenProfile.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.planwarden.app.SandboxClient;
import io.planwarden.security.TokenProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Who may cascade, revert, and see the use of a plan. */
@QuarkusTest
@TestProfile(TokenProfile.class)
class OrderRolesTest {
  private static final String BETA = "/v1/stages/weather001:forecast01:wfcstbeta1";

  @Inject SandboxClient sandbox;

  @Test
  void cascade_isForAdmins() {
    String cascade = "/v1/usage-plans/planfree01?cascade=true";

    as(EDITOR).delete(cascade).then().statusCode(403).body("code", equalTo("forbidden"));
    assertThat(sandbox.ledger()).isEmpty();
    as(ADMIN).delete(cascade).then().statusCode(204);
  }

  @Test
  void revert_isForTheCallerItselfAndForAdmins() {
    String attach = attach(EDITOR);

    // What others did is not told apart from what nobody did.
    as(WEATHER).post(revert(attach)).then().statusCode(404);
    as(EDITOR).post(revert(attach)).then().statusCode(201).body("caller.id", equalTo("the-editor"));
    as(ADMIN)
        .post(revert(attach(EDITOR)))
        .then()
        .statusCode(201)
        .body("caller.id", equalTo("the-admin"));
  }

  @Test
  void revert_staysWithinItsCallersReach() {
    as(WEATHER).post(revert(attach(WEATHER))).then().statusCode(201);

    String attach = attach(WEATHER);
    as(ADMIN)
        .put("/v1/stages/maps000001:tiles00001:mtilebeta1/usage-plans/planopen01")
        .then()
        .statusCode(200);
    as(WEATHER)
        .post(revert(attach))
        .then()
        .statusCode(403)
        .body("code", equalTo("product-forbidden"));
  }

  @Test
  void useOfAPlanOutOfReach_isForbidden() {
    as(MAPS)
        .get("/v1/usage-plans/planfree01/usage")
        .then()
        .statusCode(403)
        .body("code", equalTo("product-forbidden"));
    as(WEATHER).get("/v1/usage-plans/plangold01/usage").then().statusCode(200);
  }

  private static String attach(String token) {
    return as(token)
        .put(BETA + "/usage-plans/planopen01")
        .then()
        .statusCode(200)
        .extract()
        .header("Operation-Id");
  }

  private static String revert(String operationId) {
    return "/v1/operations/" + operationId + "/revert";
  }
}
