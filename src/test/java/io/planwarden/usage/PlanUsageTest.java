package io.planwarden.usage;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The use of a plan over its stages and keys. */
@QuarkusTest
class PlanUsageTest {
  private static final String USAGE = "/v1/usage-plans/planfree01/usage";

  @Inject SandboxClient sandbox;

  @Test
  void keysOnThePlan_showUseAndRemaining() {
    when()
        .get(USAGE)
        .then()
        .statusCode(200)
        .body("usagePlanName", equalTo("Free"))
        .body("limits.monthQuotaRequest", equalTo(1000))
        .body("items.apiKeyId", contains("keyglobex1"))
        .body("items[0].productId", equalTo("weather001"))
        .body("items[0].stageId", equalTo("wfcstprod1"))
        .body("items[0].stageName", equalTo("prod"))
        .body("items[0].limitedBy", equalTo("plan"))
        .body("items[0].limits.dayQuotaRequest", equalTo(100))
        .body("items[0].used.day", equalTo(40))
        .body("items[0].remaining.day", equalTo(60))
        .body("items[0].remaining.month", equalTo(300))
        .body("complete", equalTo(true))
        .body("next", nullValue())
        .body("readAt", notNullValue());
  }

  @Test
  void keyOnAStageThatNcpDoesNotNameByItsId_isThereByTheName() {
    sandbox.set("relationIds", "missing");

    when()
        .get(USAGE)
        .then()
        .statusCode(200)
        .body("items.apiKeyId", contains("keyglobex1"))
        .body("items[0].stageId", nullValue())
        .body("items[0].stageName", equalTo("prod"))
        .body("items[0].used.day", equalTo(40))
        .body("complete", equalTo(true));
  }

  @Test
  void planOnNoStage_hasNoItems() {
    when()
        .get("/v1/usage-plans/planopen01/usage")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0))
        .body("complete", equalTo(true));
    when()
        .get("/v1/usage-plans/nosuchplan/usage")
        .then()
        .statusCode(404)
        .body("code", equalTo("usage-plan-not-found"));
  }

  @Test
  void pages_haveEveryKeyOnce() {
    String onMaps = "/v1/stages/maps000001:tiles00001:mtileprod1/api-keys/";
    for (String key : List.of("keyglobex1", "keyacme001")) {
      given()
          .contentType("application/json")
          .body(Map.of("usagePlanId", "planfree01"))
          .put(onMaps + key + "/usage-plan")
          .then()
          .statusCode(200);
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page =
          when().get(USAGE + "?limit=1" + cursor).then().statusCode(200).extract().jsonPath();
      List<String> keys = page.getList("items.apiKeyId");
      List<String> stages = page.getList("items.stageId");
      assertThat(keys).hasSizeLessThanOrEqualTo(1);
      assertThat(page.getBoolean("complete")).isTrue();
      for (int i = 0; i < keys.size(); i++) {
        seen.add(stages.get(i) + " " + keys.get(i));
      }
      cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    }

    assertThat(seen)
        .containsExactlyInAnyOrder(
            "wfcstprod1 keyglobex1", "mtileprod1 keyglobex1", "mtileprod1 keyacme001");
  }

  @Test
  void pageThatEndsWithAProduct_goesOnWithTheNext() {
    sandbox.set("offsetBeyondEnd", "error");

    pages_haveEveryKeyOnce();
  }

  @Test
  void productWhoseKeysNcpDoesNotShowUs_isPassedOverAndSaidToBeMissing() {
    answer("POST /api/v1/products/maps000001", 403);
    when()
        .get(USAGE)
        .then()
        .statusCode(200)
        .body("items.productId", contains("weather001"))
        .body("complete", equalTo(false))
        .body("next", nullValue());

    answer("POST /api/v1/products", 403);
    when().get(USAGE).then().statusCode(502).body("code", equalTo("upstream-permission-denied"));
  }

  @Test
  void productThatIsGoneBetweenTwoPages_hidesNoOther() {
    String onMaps = "/v1/stages/maps000001:tiles00001:mtileprod1";
    given()
        .contentType("application/json")
        .body(Map.of("usagePlanId", "planfree01"))
        .put(onMaps + "/api-keys/keyglobex1/usage-plan")
        .then()
        .statusCode(200);
    JsonPath first = when().get(USAGE + "?limit=1").then().statusCode(200).extract().jsonPath();
    assertThat(first.getList("items.productId")).containsExactly("maps000001");
    String cursor = first.getString("next");

    given().delete(onMaps + "/usage-plans/planfree01").then().statusCode(204);

    List<String> rest = new ArrayList<>();
    while (cursor != null) {
      JsonPath page =
          when()
              .get(USAGE + "?limit=1&cursor=" + cursor)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      rest.addAll(page.getList("items.productId"));
      cursor = page.getString("next");
    }
    assertThat(rest).containsExactly("weather001");
  }

  @Test
  void keyThatIsGoneMeanwhile_isPassedOver() {
    answer("GET /api/v1/products/maps000001/subscription-detail", 404);

    when()
        .get(USAGE)
        .then()
        .statusCode(200)
        .body("items.productId", contains("weather001"))
        .body("complete", equalTo(true));
  }

  @Test
  void cursorOfNobody_is400() {
    for (String cursor : List.of("AQIDBAUGBwgA", "x", "AgAAAAAAAAAA_w")) {
      when()
          .get(USAGE + "?cursor=" + cursor)
          .then()
          .statusCode(400)
          .body("field", equalTo("cursor"));
    }
  }

  @Test
  void ncpThatFailsAtOnce_isToldAndNotPassedOffAsAShortPage() {
    answer("POST /api/v1/products", 400);

    when().get(USAGE).then().statusCode(422).body("code", equalTo("upstream-rejected"));
  }

  @Test
  void ncpThatFailsLater_leavesWhatWasFoundAndWhereToGoOn() {
    answer("GET /api/v1/products/weather001/subscription-detail", 400);

    JsonPath page = when().get(USAGE).then().statusCode(200).extract().jsonPath();

    assertThat(page.getBoolean("complete")).isFalse();
    assertThat(page.getString("next")).isNotNull();
  }

  private void answer(String match, int status) {
    sandbox.misbehave(List.of(Map.of("fault", "status", "match", match, "status", status)));
  }
}
