package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlansTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void created_answersPlanWithNewId() {
    JsonObject body =
        new JsonObject(
            """
            {"usagePlanName": "기본 plan", "usagePlanDescription": "d", "rateRps": 2,
             "dayQuotaRequest": 9223372036854775807, "monthQuotaRequest": 10,
             "quotaCondition": "2xx", "unheardOf": 1}""");

    JsonObject plan = sandbox.post("/usage-plans", body).is(201).json("usagePlan");

    assertTrue(plan.getString("usagePlanId").matches("[a-z0-9]{10}"));
    assertEquals("기본 plan", plan.getString("usagePlanName"));
    assertEquals(Long.MAX_VALUE, plan.getLong("dayQuotaRequest"));
    assertEquals(0, plan.getInteger("associatedStagesCount"));
    assertFalse(plan.containsKey("unheardOf"));
    assertEquals(plan, sandbox.plan(plan.getString("usagePlanId")));
  }

  @Test
  void createdWithNameOnly_otherMembersLeftOut() {
    JsonObject plan = sandbox.plan(sandbox.create("bare"));

    assertEquals(
        Set.of("tenantId", "usagePlanId", "usagePlanName", "associatedStagesCount", "domainCode"),
        plan.fieldNames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'usagePlanName': null}",
        "{'usagePlanName': 7}",
        "{'usagePlanName': '0123456789012345678901234567890123456789012345'}",
        "{'usagePlanName': 'x', 'usagePlanDescription':"
            + " '012345678901234567890123456789012345678901234567890'}",
        "{'usagePlanName': 'x', 'rateRps': 0}",
        "{'usagePlanName': 'x', 'rateRps': 2147483648}",
        "{'usagePlanName': 'x', 'rateRps': '5'}",
        "{'usagePlanName': 'x', 'rateRps': 1.5}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 1}",
        "{'usagePlanName': 'x', 'monthQuotaRequest': 1}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 0, 'monthQuotaRequest': 1}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 1, 'monthQuotaRequest': -1}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 1, 'monthQuotaRequest': 9223372036854775808}",
        "{'usagePlanName': 'x', 'quotaCondition': '1xx'}",
        "{'usagePlanName': 'x', 'quotaCondition': 2}"
      })
  void createdWithInvalidMember_refusedWithoutEffect(String body) {
    sandbox.signed("POST", "/usage-plans", body.replace('\'', '"')).isError(400, "19001");

    assertEquals(0, sandbox.ledger().size());
    assertEquals(3, searched(new JsonObject()).getInteger("total"));
  }

  @Test
  void searched_filteredAndPaged() {
    sandbox.create("Free too");

    JsonObject all = searched(new JsonObject().put("usagePlanName", "Free").put("limit", 1));

    assertEquals(4, all.getInteger("initialCount"));
    assertEquals(2, all.getInteger("total"));
    assertEquals(1, all.getJsonArray("usagePlans").size());
    assertEquals(sandbox.plan("planfree01"), all.getJsonArray("usagePlans").getJsonObject(0));
    JsonObject rest =
        searched(new JsonObject().put("usagePlanName", "Free").put("offset", 1).put("limit", 1));
    assertEquals(
        "Free too", rest.getJsonArray("usagePlans").getJsonObject(0).getString("usagePlanName"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"offset\": -1}", "{\"limit\": 0}", "{\"limit\": \"1\"}"})
  void searchedWithInvalidPaging_refused(String body) {
    sandbox.signed("POST", "/usage-plans/search", body).isError(400, "19001");
  }

  @Test
  void got_answersAllMembers() {
    assertEquals(
        new JsonObject(
            """
            {"tenantId": "5a4db0a0000000000000000000000001", "usagePlanId": "planfree01",
             "usagePlanName": "Free", "usagePlanDescription": "For trying things out",
             "rateRps": 5, "dayQuotaRequest": 100, "monthQuotaRequest": 1000,
             "quotaCondition": "2xx", "associatedStagesCount": 2, "domainCode": "PUB"}"""),
        sandbox.plan("planfree01"));
  }

  @Test
  void listedByStage_attachedOnesAsSummaries() {
    Answer answer = sandbox.get("/usage-plans?stageId=wfcstprod1").is(200);

    assertEquals(2, answer.json().getInteger("total"));
    assertEquals(
        new JsonObject(
            """
            {"usagePlanId": "planfree01", "usagePlanName": "Free", "associatedStagesCount": 2,
             "domainCode": "PUB"}"""),
        answer.list("usagePlans").getJsonObject(0));
  }

  @Test
  void listedByStageNotAssociated_othersOnly() {
    Answer answer = sandbox.get("/usage-plans?stageId=wfcstprod1&associated=false").is(200);

    assertEquals(1, answer.json().getInteger("total"));
    assertEquals("planopen01", answer.list("usagePlans").getJsonObject(0).getString("usagePlanId"));
  }

  @Test
  void listedByStageWithoutOrWithBadParameters_refused() {
    sandbox.get("/usage-plans").isError(400, "19001");
    sandbox.get("/usage-plans?stageId=wfcstprod1&associated=maybe").isError(400, "19001");
    sandbox.get("/usage-plans?stageId=wfcstprod1&limit=ten").isError(400, "19001");
    sandbox.get("/usage-plans?stageId=nostage").isError(404, "19404");
  }

  @Test
  void edited_answersNewPlan() {
    JsonObject body =
        new JsonObject(
            """
            {"usagePlanName": "Freer", "rateRps": 6, "dayQuotaRequest": 0,
             "monthQuotaRequest": 9007199254740991, "quotaCondition": "others"}""");

    JsonObject plan = sandbox.put("/usage-plans/planfree01", body).is(200).json("usagePlan");

    assertEquals("Freer", plan.getString("usagePlanName"));
    assertEquals(2, plan.getInteger("associatedStagesCount"));
    assertEquals(plan, sandbox.plan("planfree01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'usagePlanName': ''}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 1, 'monthQuotaRequest': 9007199254740992}",
        "{'usagePlanName': 'x', 'dayQuotaRequest': 5, 'monthQuotaRequest': null}"
      })
  void editedWithInvalidMember_refusedWithoutEffect(String body) {
    JsonObject before = sandbox.plan("planfree01");

    sandbox.signed("PUT", "/usage-plans/planfree01", body.replace('\'', '"')).isError(400, "19001");

    assertEquals(before, sandbox.plan("planfree01"));
    assertEquals(0, sandbox.ledger().size());
  }

  @Test
  void deleted_isGone() {
    sandbox.delete("/usage-plans/planopen01").is(204);

    sandbox.get("/usage-plans/planopen01").isError(404, "19401");
    sandbox.delete("/usage-plans/planopen01").isError(404, "19401");
    assertEquals(1, sandbox.ledger().size());
  }

  @Test
  void stagesListed_triplesAndLimits() {
    Answer answer = sandbox.get("/usage-plans/planfree01/stages").is(200);

    assertEquals(2, answer.json().getInteger("total"));
    assertEquals(
        new JsonObject(
            """
            {"productId": "weather001", "productName": "Weather", "apiId": "forecast01",
             "apiName": "forecast", "stageId": "wfcstprod1", "stageName": "prod"}"""),
        answer.list("stages").getJsonObject(0));
    assertEquals(
        new JsonObject(
            """
            {"rateRps": 5, "dayQuotaRequest": 100, "monthQuotaRequest": 1000,
             "quotaCondition": "2xx", "domainCode": "PUB"}"""),
        answer.json("usagePlan"));
  }

  @Test
  void stagesListedByNameAndPage_fewer() {
    Answer none = sandbox.get("/usage-plans/planfree01/stages?name=beta").is(200);
    Answer second = sandbox.get("/usage-plans/planfree01/stages?offset=1&limit=5").is(200);

    assertEquals(0, none.json().getInteger("total"));
    assertEquals("mtileprod1", second.list("stages").getJsonObject(0).getString("stageId"));
  }

  @Test
  void unknownPlan_notFound() {
    sandbox.get("/usage-plans/noplan").isError(404, "19401");
    sandbox.get("/usage-plans/noplan/stages").isError(404, "19401");
    sandbox
        .put("/usage-plans/noplan", new JsonObject().put("usagePlanName", "x"))
        .isError(404, "19401");
  }

  private JsonObject searched(JsonObject body) {
    return sandbox.post("/usage-plans/search", body).is(200).json();
  }
}
