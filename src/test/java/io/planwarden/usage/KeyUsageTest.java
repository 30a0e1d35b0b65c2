package io.planwarden.usage;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.planwarden.gateway.Limits;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class KeyUsageTest {
  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @CsvSource({"given, all", "given, with-plan", "missing, all", "missing, with-plan"})
  void keyOnANamedPlan_showsItsLimitsUseAndRemaining(String ids, String rows) {
    sandbox.set("relationIds", ids);
    sandbox.set("relationRows", rows);

    when()
        .get("/v1/stages/wfcstprod1/api-keys/keyglobex1/usage-plan")
        .then()
        .statusCode(200)
        .body("usagePlanId", equalTo("planfree01"))
        .body("limitedBy", equalTo("plan"))
        .body("limits.dayQuotaRequest", equalTo(100))
        .body("used.day", equalTo(40))
        .body("remaining.day", equalTo(60))
        .body("remaining.month", equalTo(300))
        .body("productId", equalTo("weather001"))
        .body("stageName", equalTo("prod"))
        .body("readAt", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"given", "missing"})
  void keyWithoutANamedPlan_isLimitedByTheStage(String ids) {
    sandbox.set("relationIds", ids);

    when()
        .get("/v1/stages/mtileprod1/api-keys/keyglobex1/usage-plan")
        .then()
        .statusCode(200)
        .body("usagePlanId", nullValue())
        .body("limitedBy", equalTo("stage-default"))
        .body("used.day", equalTo(7))
        .body("remaining.day", nullValue());
  }

  @Test
  void keyOfWhichNcpShowsNothing_isNotSaidToBeUnknown() {
    sandbox.set("relationRows", "with-plan");

    when()
        .get("/v1/stages/mtileprod1/api-keys/keyglobex1/usage-plan")
        .then()
        .statusCode(404)
        .body("code", equalTo("api-key-not-found"))
        .body("detail", containsString("or have no plan."));
  }

  @Test
  void keyThatIsNotSubscribed_is404() {
    when()
        .get("/v1/stages/mtileprod1/api-keys/keyinitech/usage-plan")
        .then()
        .statusCode(404)
        .body("code", equalTo("api-key-not-found"));
  }

  @Test
  void remaining_isNeverBelowZero() {
    KeyUsage.Calls used = new KeyUsage.Calls(150L, 10L);

    assertThat(used.leftOf(new Limits(null, 100L, 1000L, null)))
        .isEqualTo(new KeyUsage.Calls(0L, 990L));
    assertThat(used.leftOf(new Limits(1, null, null, null)))
        .isEqualTo(new KeyUsage.Calls(null, null));
  }
}
