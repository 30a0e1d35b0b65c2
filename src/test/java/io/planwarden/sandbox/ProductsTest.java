package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "?productName=Map, 1",
    "?subscriptionCode=PROTECTED, 1",
    "?isPublished=false, 0",
    "?hasDeployedStage=true, 2",
    "?hasStageNotAssociatedWithUsagePlanId=planfree01, 2"
  })
  void listed_filtered(String query, int total) {
    JsonObject answer = sandbox.get("/products" + query).is(200).json();

    assertEquals(2, answer.getInteger("initialCount"));
    assertEquals(total, answer.getJsonObject("productPage").getInteger("total"));
    assertEquals(total, answer.getJsonObject("productPage").getJsonArray("content").size());
  }

  @Test
  void listedByPage_oneOfTwo() {
    JsonObject page = sandbox.get("/products?offset=1&limit=1").is(200).json("productPage");

    assertEquals(2, page.getInteger("total"));
    assertEquals(
        "maps000001", page.getJsonArray("content").getJsonObject(0).getString("productId"));
  }

  @Test
  void got_isThatProduct() {
    JsonObject product = sandbox.get("/products/maps000001").is(200).json("product");

    assertEquals("Maps", product.getString("productName"));
    assertEquals("PROTECTED", product.getString("subscriptionCode"));
    sandbox.get("/products/nope").isError(404, "19402");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "?apiName=hist, 1",
    "?hasStage=true, 2",
    "?hasStage=false, 0",
    "?hasStageNotAssociatedWithUsagePlanId=planfree01, 2",
    "?limit=1&offset=1, 2"
  })
  void apisListed_filtered(String query, int total) {
    assertEquals(
        total, sandbox.get("/products/weather001/apis" + query).is(200).json().getInteger("total"));
  }

  @Test
  void planOnEveryStageOfAnApi_apiFilteredOut() {
    sandbox.attach("/products/weather001/apis/history001/stages/whistprod1", "planfree01").is(204);

    Answer answer =
        sandbox.get("/products/weather001/apis?hasStageNotAssociatedWithUsagePlanId=planfree01");

    assertEquals(1, answer.json().getInteger("total"));
  }

  @Test
  void apisListedWithStage_haveStages() {
    JsonObject with = api(sandbox.get("/products/weather001/apis?withStage=true"));
    JsonObject without = api(sandbox.get("/products/weather001/apis"));

    assertEquals(2, with.getJsonArray("stages").size());
    assertEquals("prod", with.getJsonArray("stages").getJsonObject(0).getString("stageName"));
    assertFalse(without.containsKey("stages"));
  }

  @Test
  void apiGot_isThatApi() {
    JsonObject api = sandbox.get("/products/maps000001/apis/tiles00001").is(200).json("api");

    assertEquals("tiles", api.getString("apiName"));
    sandbox.get("/products/maps000001/apis/forecast01").isError(404, "19403");
  }

  private static JsonObject api(Answer answer) {
    return answer.is(200).list("apis").getJsonObject(0);
  }
}
