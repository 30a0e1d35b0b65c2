package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static io.planwarden.sandbox.TestSandbox.FORECAST_PROD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void everyKindOfWrite_oneRowEach() {
    String created = sandbox.create("new");
    sandbox.put("/usage-plans/" + created, new JsonObject().put("usagePlanName", "newer")).is(200);
    sandbox.attach(FORECAST_BETA, created).is(204);
    sandbox
        .put(
            "/products/weather001/api-keys/keyacme001/stages/wfcstbeta1",
            new JsonObject().put("usagePlanId", created))
        .is(204);
    sandbox.put(FORECAST_BETA + "/usage-plan", new JsonObject().put("rateRps", 2)).is(200);
    sandbox.detach(FORECAST_BETA, created).is(204);
    sandbox.delete("/usage-plans/" + created).is(204);

    List<JsonObject> rows = rows();
    assertEquals(
        List.of(
            "create-plan",
            "edit-plan",
            "attach-plan",
            "assign-plan",
            "set-default-limits",
            "detach-plan",
            "delete-plan"),
        rows.stream().map(row -> row.getString("kind")).toList());
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7), rows.stream().map(row -> row.getInteger("seq")).toList());
    assertFalse(rows.get(0).containsKey("before"));
    assertEquals(rows.get(0).getValue("after"), rows.get(1).getValue("before"));
    assertFalse(rows.get(6).containsKey("after"));
  }

  @Test
  void editedPlan_rowTellsAll() {
    JsonObject before = sandbox.plan("planopen01");
    sandbox.clock.advance(Duration.ofSeconds(1));

    sandbox.put("/usage-plans/planopen01", new JsonObject().put("usagePlanName", "Ajar")).is(200);

    assertEquals(
        new JsonObject()
            .put("seq", 1)
            .put("at", "2026-03-01T09:00:01.000Z")
            .put("method", "PUT")
            .put("path", "/api/v1/usage-plans/planopen01")
            .put("kind", "edit-plan")
            .put("ids", new JsonObject().put("usagePlanId", "planopen01"))
            .put("before", before)
            .put("after", before.copy().put("usagePlanName", "Ajar"))
            .put("timestamp", Long.toString(sandbox.clock.millis())),
        rows().get(0));
  }

  @Test
  void detachedWithKeys_rowTellsWhichFellBack() {
    sandbox.detach(FORECAST_PROD, "plangold01").is(204);

    JsonObject row = rows().get(0);
    assertEquals("wfcstprod1", row.getJsonObject("ids").getString("stageId"));
    assertEquals(
        new JsonArray().add("keyacme001"),
        row.getJsonObject("before").getJsonArray("apiKeyIdsOnPlan"));
    assertEquals(new JsonArray(), row.getJsonObject("after").getJsonArray("apiKeyIdsOnPlan"));
    assertEquals(
        new JsonArray().add("planfree01"), row.getJsonObject("after").getJsonArray("usagePlanIds"));
  }

  @Test
  void refusedAndReadingRequests_noRow() {
    sandbox.get("/usage-plans/planfree01").is(200);
    sandbox.post("/usage-plans/search", new JsonObject()).is(200);
    sandbox.post("/usage-plans", new JsonObject()).is(400);
    sandbox.delete("/usage-plans/planfree01").is(409);
    sandbox.delete("/usage-plans/noplan").is(404);
    sandbox.send(sandbox.request("DELETE", "/api/v1/usage-plans/planopen01", "")).is(401);

    assertEquals(List.of(), rows());
    sandbox.plan("planopen01");
  }

  @Test
  void samePlanPutTwice_twoRows() {
    JsonObject body = new JsonObject().put("usagePlanName", "Open");

    sandbox.put("/usage-plans/planopen01", body).is(200);
    sandbox.put("/usage-plans/planopen01", body).is(200);

    assertEquals(2, rows().size());
  }

  @Test
  void readAfterSequenceNumber_laterRowsOnly() {
    sandbox.create("one");
    sandbox.create("two");

    JsonObject answer = sandbox.control("GET", "ledger?after=1", "").is(200).json();

    assertEquals(2, answer.getInteger("total"));
    assertEquals(1, answer.getJsonArray("rows").size());
    assertEquals(2, answer.getJsonArray("rows").getJsonObject(0).getInteger("seq"));
  }

  private List<JsonObject> rows() {
    return sandbox.ledger().stream().map(JsonObject.class::cast).toList();
  }
}
