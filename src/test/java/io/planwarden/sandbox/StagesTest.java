package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static io.planwarden.sandbox.TestSandbox.FORECAST_PROD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTest {

  private static final String STAGES = "/products/weather001/apis/forecast01/stages";

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @ValueSource(strings = {STAGES, STAGES + "/filter"})
  void listed_hostAndStages(String path) {
    Answer answer = sandbox.get(path).is(200);

    assertEquals("https://weather001.apigw.ntruss.com", answer.json().getString("host"));
    assertEquals(2, answer.list("stages").size());
    assertEquals("wfcstprod1", answer.list("stages").getJsonObject(0).getString("stageId"));
  }

  @Test
  void got_hasDefaultLimitsButNoCondition() {
    JsonObject stage = sandbox.get(FORECAST_PROD).is(200).json("stage");

    assertEquals("prod", stage.getString("stageName"));
    assertEquals(10, stage.getInteger("rateRps"));
    assertEquals(10_000, stage.getInteger("monthQuotaRequest"));
    assertFalse(stage.containsKey("quotaCondition"));
    assertFalse(sandbox.get(FORECAST_BETA).is(200).json("stage").containsKey("rateRps"));
  }

  @Test
  void plansListed_contentAndDefaultLimits() {
    JsonObject plans = sandbox.get(FORECAST_PROD + "/usage-plans").is(200).json();

    assertEquals(2, plans.getInteger("total"));
    assertEquals(10, plans.getInteger("rateRps"));
    assertEquals("2xx", plans.getString("quotaCondition"));
    assertEquals(
        new JsonArray().add(sandbox.plan("planfree01")).add(sandbox.plan("plangold01")),
        plans.getJsonArray("content"));
  }

  @Test
  void plansListedByNameAndPage_fewer() {
    String path = FORECAST_PROD + "/usage-plans";

    JsonObject gold = sandbox.get(path + "?usagePlanName=Gol").is(200).json();
    JsonObject second = sandbox.get(path + "?offset=1&limit=1").is(200).json();

    assertEquals(1, gold.getInteger("total"));
    assertEquals(2, second.getInteger("total"));
    assertEquals(gold.getJsonArray("content"), second.getJsonArray("content"));
  }

  @Test
  void plansOfBareStageListed_noDefaultLimits() {
    assertEquals(
        new JsonObject().put("total", 0).put("content", new JsonArray()),
        sandbox.get(FORECAST_BETA + "/usage-plans").is(200).json());
  }

  @Test
  void defaultLimitsPut_readableAtOnce() {
    JsonObject limits =
        new JsonObject(
            """
            {"rateRps": 3, "dayQuotaRequest": 6, "monthQuotaRequest": 1, "quotaCondition": "5xx",
             "throttleRps": 9}""");

    Answer answer = sandbox.put(FORECAST_BETA + "/usage-plan", limits).is(200);

    assertEquals(6, answer.json("stage").getInteger("dayQuotaRequest"));
    JsonObject plans = sandbox.get(FORECAST_BETA + "/usage-plans").is(200).json();
    assertEquals(3, plans.getInteger("rateRps"));
    assertEquals("5xx", plans.getString("quotaCondition"));
    assertEquals(0, plans.getInteger("total"));
  }

  @Test
  void invalidDefaultLimitsPut_refusedWithoutEffect() {
    sandbox
        .put(FORECAST_PROD + "/usage-plan", new JsonObject().put("dayQuotaRequest", 1))
        .isError(400, "19001");

    assertEquals(0, sandbox.ledger().size());
  }

  @Test
  void searchedByPlan_stagesOfTheApiWithIt() {
    JsonObject body = new JsonObject().put("usagePlanId", "planfree01");

    Answer answer = sandbox.post(STAGES + "/search", body).is(200);

    assertEquals(
        new JsonArray().add(new JsonObject().put("stageId", "wfcstprod1").put("stageName", "prod")),
        answer.list("stages"));
    sandbox.post(STAGES + "/search", new JsonObject()).isError(400, "19001");
  }

  @Test
  void idsOfTripleUnknownOrMismatched_notFound() {
    sandbox.get("/products/nope/apis/forecast01/stages/wfcstprod1").isError(404, "19402");
    sandbox.get("/products/weather001/apis/tiles00001/stages/mtileprod1").isError(404, "19403");
    sandbox.get("/products/weather001/apis/history001/stages/wfcstprod1").isError(404, "19404");
  }
}
