package io.planwarden.catalog;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LookUpsTest {
  @Inject SandboxClient sandbox;

  @Test
  void products_areListed() {
    when()
        .get("/v1/products")
        .then()
        .statusCode(200)
        .body("items.productId", containsInAnyOrder("weather001", "maps000001"))
        .body("total", equalTo(2));
  }

  @Test
  void apis_areListedWithTheirStages() {
    when()
        .get("/v1/products/weather001/apis")
        .then()
        .statusCode(200)
        .body("items.apiId", containsInAnyOrder("forecast01", "history001"))
        .body("items.stages.stageId.flatten()", hasItems("wfcstprod1", "whistprod1"));
  }

  @Test
  void stagesOfAnApi_areListed() {
    when()
        .get("/v1/products/weather001/apis/forecast01/stages?limit=1")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("total", equalTo(2));
  }

  @Test
  void unknownProduct_is404() {
    when()
        .get("/v1/products/nosuch0001/apis")
        .then()
        .statusCode(404)
        .body("code", equalTo("product-not-found"));
    when().get("/v1/products/nosuch0001/api-keys").then().statusCode(404);
    when().get("/v1/products/weather001/apis/nosuch0001/stages").then().statusCode(404);
    when().get("/v1/products/a.b/apis").then().statusCode(400).body("field", equalTo("productId"));
  }

  @Test
  void apiKeys_areListedWithoutTheirSecrets() {
    when()
        .get("/v1/products/weather001/api-keys")
        .then()
        .statusCode(200)
        .body("items.apiKeyId", hasItems("keyacme001", "keyinitech"))
        .body(not(containsString("sandbox-primary")))
        .body(not(containsString("sandbox-secondary")));
  }

  @Test
  void stages_areListedByName() {
    when()
        .get("/v1/stages?name=beta")
        .then()
        .statusCode(200)
        .body("items.stageId", containsInAnyOrder("wfcstbeta1", "mtilebeta1"));
    when().get("/v1/stages").then().body("total", equalTo(5));
  }

  @Test
  void stage_tellsWhereItBelongs() {
    when()
        .get("/v1/stages/mtileprod1")
        .then()
        .statusCode(200)
        .body("productId", equalTo("maps000001"))
        .body("apiName", equalTo("tiles"));
  }

  @Test
  void plansOfAStage_areThoseAttachedOrThoseNot() {
    when()
        .get("/v1/stages/wfcstprod1/usage-plans")
        .then()
        .statusCode(200)
        .body("items.usagePlanId", containsInAnyOrder("planfree01", "plangold01"))
        .body("items.rateRps", hasItems(5));
    when()
        .get("/v1/stages/wfcstprod1/usage-plans?attached=false")
        .then()
        .body("items.usagePlanId", contains("planopen01"));
    when()
        .get("/v1/stages/wfcstprod1/usage-plans?attached=perhaps")
        .then()
        .statusCode(400)
        .body("field", equalTo("attached"));
  }
}
