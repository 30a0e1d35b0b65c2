package io.planwarden.security;

import static io.planwarden.security.TokenProfile.MAPS;
import static io.planwarden.security.TokenProfile.WEATHER;
import static io.planwarden.security.TokenProfile.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a caller sees and changes who is confined to a product: in the sandbox, planfree01 is on
 * stages of both products, plangold01 on one of weather001, planopen01 on none.
 */
@QuarkusTest
@TestProfile(TokenProfile.class)
class ConfinedCallerTest {
  private static final String WEATHER_STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";
  private static final String MAPS_STAGE = "/v1/stages/maps000001:tiles00001:mtileprod1";

  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @CsvSource({
    "/v1/usage-plans, usagePlanId, plangold01 planopen01, planopen01",
    "/v1/usage-plans?usagePlanName=Free, usagePlanId, '', ''",
    "/v1/products, productId, weather001, maps000001",
    "/v1/stages, stageId, wfcstprod1 wfcstbeta1 whistprod1, mtileprod1 mtilebeta1",
  })
  void lists_haveWhatIsWithinReachAndCountNoMore(
      String path, String member, String weather, String maps) {
    lists(WEATHER, path, member, weather);
    lists(MAPS, path, member, maps);
  }

  @Test
  void window_isOfWhatIsWithinReach() {
    Response page = as(WEATHER).get("/v1/usage-plans?offset=1&limit=1");

    assertThat(page.<List<String>>path("items.usagePlanId")).containsExactly("planopen01");
    assertThat(page.<Integer>path("total")).isEqualTo(2);
  }

  @Test
  void plansOfAStage_areThoseWithinReach() {
    lists(WEATHER, WEATHER_STAGE + "/usage-plans", "usagePlanId", "plangold01");
    lists(MAPS, MAPS_STAGE + "/usage-plans", "usagePlanId", "");
    lists(
        WEATHER,
        "/v1/stages/wfcstbeta1/usage-plans?attached=false",
        "usagePlanId",
        "plangold01 planopen01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/usage-plans/planfree01",
        "/v1/usage-plans/planfree01/stages",
        MAPS_STAGE,
        "/v1/stages/mtileprod1",
        MAPS_STAGE + "/usage-plans",
        MAPS_STAGE + "/usage-plans?attached=false",
        MAPS_STAGE + "/default-limits",
        MAPS_STAGE + "/api-keys/keyacme001/usage-plan",
        WEATHER_STAGE + "/api-keys/keyglobex1/usage-plan",
        "/v1/products/maps000001/apis",
        "/v1/products/maps000001/api-keys",
        "/v1/products/maps000001/apis/tiles00001/stages",
        "/v1/products/weather001/apis/tiles00001/stages"
      })
  void read_outOfReach_isRefused(String path) {
    as(WEATHER).get(path).then().statusCode(403).body("code", equalTo("product-forbidden"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/usage-plans/plangold01",
        "/v1/usage-plans/plangold01/stages",
        "/v1/usage-plans/planopen01",
        WEATHER_STAGE,
        WEATHER_STAGE + "/default-limits",
        WEATHER_STAGE + "/api-keys/keyacme001/usage-plan",
        "/v1/products/weather001/apis",
        "/v1/products/weather001/api-keys",
        "/v1/products/weather001/apis/forecast01/stages"
      })
  void read_withinReach_isAnswered(String path) {
    as(WEATHER).get(path).then().statusCode(200);
  }

  @Test
  void absentPlan_isAbsentForEverybody() {
    as(WEATHER).get("/v1/usage-plans/planabsent").then().statusCode(404);
    as(WEATHER).delete("/v1/usage-plans/planabsent").then().statusCode(404);
  }

  @Test
  void changes_outOfReach_areRefusedAndSendNothing() {
    refused(body(WEATHER, Map.of("usagePlanName", "Free")).put("/v1/usage-plans/planfree01"));
    refused(as(WEATHER).delete("/v1/usage-plans/planfree01"));
    refused(as(WEATHER).put(MAPS_STAGE + "/usage-plans/planopen01"));
    refused(as(WEATHER).put("/v1/stages/wfcstbeta1/usage-plans/planfree01"));
    refused(as(MAPS).put("/v1/stages/mtilebeta1/usage-plans/plangold01"));
    refused(as(WEATHER).delete(WEATHER_STAGE + "/usage-plans/planfree01"));
    refused(as(WEATHER).delete(MAPS_STAGE + "/usage-plans/planfree01"));
    refused(body(WEATHER, Map.of("rateRps", 1)).put(MAPS_STAGE + "/default-limits"));
    refused(
        body(WEATHER, Map.of("usagePlanId", "planfree01"))
            .put(WEATHER_STAGE + "/api-keys/keyacme001/usage-plan"));

    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void plansThatAKeyCouldBeOn_areThoseWithinReach() {
    body(WEATHER, Map.of("usagePlanId", "planopen01"))
        .put(WEATHER_STAGE + "/api-keys/keyglobex1/usage-plan?dryRun=true")
        .then()
        .statusCode(409)
        .body("code", equalTo("plan-not-on-stage"))
        .body("usagePlans.usagePlanId", hasItem("plangold01"))
        .body("usagePlans.usagePlanId", not(hasItem("planfree01")));
  }

  @Test
  void changes_withinReach_areMade() {
    String plan = attached("Mine");
    assign(plan);
    body(WEATHER, Map.of("rateRps", 3))
        .put(WEATHER_STAGE + "/default-limits")
        .then()
        .statusCode(200);
    body(WEATHER, Map.of("usagePlanName", "Mine", "rateRps", 2))
        .put("/v1/usage-plans/" + plan)
        .then()
        .statusCode(200);
    refused(as(MAPS).get("/v1/usage-plans/" + plan));
    as(WEATHER).delete(WEATHER_STAGE + "/usage-plans/plangold01").then().statusCode(204);

    assertThat(sandbox.ledger()).hasSize(6);
  }

  @Test
  void assigning_takesAsManyCalls_howeverManyPlansAreOnTheStage() {
    String one = attached("One");
    String two = attached("Two");
    int few = callsToAssign(one);
    for (int i = 0; i < 8; i++) {
      attached("More " + i);
    }

    assertThat(callsToAssign(two)).isLessThanOrEqualTo(few);
  }

  private static String attached(String name) {
    String plan =
        body(WEATHER, Map.of("usagePlanName", name))
            .post("/v1/usage-plans")
            .then()
            .statusCode(201)
            .extract()
            .path("usagePlanId");
    as(WEATHER).put(WEATHER_STAGE + "/usage-plans/" + plan).then().statusCode(200);
    return plan;
  }

  private int callsToAssign(String plan) {
    int before = sandbox.calls();
    assign(plan);
    return sandbox.calls() - before;
  }

  private static void assign(String plan) {
    body(WEATHER, Map.of("usagePlanId", plan))
        .put(WEATHER_STAGE + "/api-keys/keyacme001/usage-plan")
        .then()
        .statusCode(200);
  }

  private static io.restassured.specification.RequestSpecification body(
      String token, Map<String, Object> body) {
    return as(token).contentType("application/json").body(body);
  }

  private static void refused(Response answer) {
    answer.then().statusCode(403).body("code", equalTo("product-forbidden"));
  }

  private static void lists(String token, String path, String member, String wanted) {
    Response answer = as(token).get(path);
    List<String> expected = wanted.isEmpty() ? List.of() : List.of(wanted.split(" "));
    assertThat(answer.<List<String>>path("items." + member))
        .as(path)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(answer.<Integer>path("total")).as(path).isEqualTo(expected.size());
  }
}
