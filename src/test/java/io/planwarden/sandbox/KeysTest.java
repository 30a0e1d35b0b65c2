package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

  private static final String ACME_STAGES = "/products/weather001/api-keys/keyacme001/stages/";

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|3",
        "{\"apiKeyId\": \"keyacme001\"}|1",
        "{\"apiKeyValue\": \"sandbox-secondary-globex\"}|1",
        "{\"statusSet\": [\"REQUEST\", \"DENY\"]}|1",
        "{\"statusSet\": [\"BLOCKED_REQUEST\"]}|0",
        "{\"limit\": 1, \"offset\": 2}|3"
      })
  void searched_filtered(String body, int total) {
    assertEquals(total, searched(body).getInteger("total"));
  }

  @Test
  void searched_answersSecretsToo() {
    JsonObject key = searched("{}").getJsonArray("content").getJsonObject(0);

    assertEquals("keyacme001", key.getString("apiKeyId"));
    assertEquals("sandbox-primary-acme", key.getString("primaryKey"));
    assertEquals("sandbox-secondary-acme", key.getString("secondaryKey"));
    assertEquals("ACCEPTED", key.getString("status"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"statusSet\": [\"NO\"]}", "{\"statusSet\": [null]}", "{\"statusSet\": 1}"})
  void searchedWithInvalidStatus_refused(String body) {
    sandbox.signed("POST", "/products/weather001/api-keys/search", body).isError(400, "19001");
  }

  @Test
  void relationsListed_oneForEachStage() {
    JsonObject page = relations("apiKeyId=keyacme001");

    assertEquals(3, page.getInteger("total"));
    assertEquals(
        new JsonObject(
            """
            {"apiId": "forecast01", "apiName": "forecast", "stageId": "wfcstprod1",
             "stageName": "prod", "apiKeyId": "keyacme001", "apiKeyName": "acme",
             "usagePlanId": "plangold01", "usagePlanName": "Gold", "dayCallCount": 1234,
             "monthCallCount": 45678, "regTime": "2026-01-05T00:00:00Z",
             "modTime": "2026-01-05T00:00:00Z", "domainCode": "PUB"}"""),
        page.getJsonArray("content").getJsonObject(0));
    assertNull(page.getJsonArray("content").getJsonObject(1).getString("usagePlanId"));
  }

  @Test
  void relationsListedWithFilter_fewer() {
    assertEquals(1, relations("apiKeyId=keyacme001&stageId=wfcstbeta1").getInteger("total"));
    assertEquals(1, relations("apiKeyId=keyacme001&apiId=history001").getInteger("total"));
    assertEquals(
        2, relations("apiKeyId=keyacme001&offset=1&limit=5").getJsonArray("content").size());
    assertEquals(0, relations("apiKeyId=keyinitech").getInteger("total"));
  }

  @Test
  void relationsOfUnknownOrNoKeyListed_refused() {
    sandbox.get("/products/weather001/subscription-detail").isError(400, "19001");
    sandbox.get("/products/weather001/subscription-detail?apiKeyId=nokey").isError(404, "19405");
    sandbox
        .get("/products/maps000001/subscription-detail?apiKeyId=keyinitech")
        .isError(404, "19405");
  }

  @Test
  void assigned_keyHasThePlan() {
    Answer answer = assign("wfcstprod1", "planfree01").is(204);

    assertEquals("", answer.text());
    JsonObject relation = sandbox.relation("keyacme001");
    assertEquals("planfree01", relation.getString("usagePlanId"));
    assertEquals("Free", relation.getString("usagePlanName"));
    assertEquals(1234, relation.getInteger("dayCallCount"));
    assertEquals("2026-03-01T09:00:00Z", relation.getString("modTime"));
  }

  @Test
  void assignedOnStageWithoutThePlan_refusedWithoutEffect() {
    assign("wfcstbeta1", "planfree01").isError(400, "19002");

    assertEquals(0, sandbox.ledger().size());
    sandbox.attach(FORECAST_BETA, "planfree01").is(204);
    assign("wfcstbeta1", "planfree01").is(204);
  }

  @Test
  void assignedToKeyNotAccepted_refused() {
    sandbox
        .put(
            "/products/weather001/api-keys/keyinitech/stages/wfcstprod1",
            new JsonObject().put("usagePlanId", "planfree01"))
        .isError(400, "19003");
  }

  @Test
  void assignedWithUnknownId_notFound() {
    assign("mtileprod1", "planfree01").isError(404, "19404");
    assign("wfcstprod1", "noplan").isError(404, "19401");
    sandbox
        .put(
            "/products/weather001/api-keys/nokey/stages/wfcstprod1",
            new JsonObject().put("usagePlanId", "planfree01"))
        .isError(404, "19405");
  }

  @Test
  void keyAsText_doesNotShowItsValues() {
    String text = Seed.state().toString();

    assertFalse(text.contains("sandbox-primary-"));
    assertFalse(text.contains("sandbox-secondary-"));
  }

  private Answer assign(String stageId, String usagePlanId) {
    return sandbox.put(ACME_STAGES + stageId, new JsonObject().put("usagePlanId", usagePlanId));
  }

  private JsonObject searched(String body) {
    return sandbox
        .signed("POST", "/products/weather001/api-keys/search", body)
        .is(200)
        .json("apiKeyPage");
  }

  private JsonObject relations(String query) {
    return sandbox
        .get("/products/weather001/subscription-detail?" + query)
        .is(200)
        .json("apiKeyRelations");
  }
}
