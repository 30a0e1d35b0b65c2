package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static io.planwarden.sandbox.TestSandbox.FORECAST_PROD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each switch with each of its values. */
class SwitchEffectsTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void omittedMembersClear_editClearsThem() {
    sandbox.set("omittedMembers", "clear");

    JsonObject plan = edited(new JsonObject().put("usagePlanName", "Free"));

    assertFalse(plan.containsKey("usagePlanDescription"));
    assertFalse(plan.containsKey("rateRps"));
    assertFalse(plan.containsKey("dayQuotaRequest"));
    assertFalse(plan.containsKey("quotaCondition"));
  }

  @Test
  void omittedMembersKeep_editKeepsThem() {
    sandbox.set("omittedMembers", "keep");
    JsonObject before = sandbox.plan("planfree01");

    JsonObject plan = edited(new JsonObject().put("usagePlanName", "Free").put("rateRps", 6));

    assertEquals(before.copy().put("rateRps", 6), plan);
  }

  @ParameterizedTest
  @CsvSource({"clear, ''", "keep, 10000"})
  void omittedMembers_actOnDefaultLimitsToo(String value, String month) {
    sandbox.set("omittedMembers", value);

    sandbox.put(FORECAST_PROD + "/usage-plan", new JsonObject().put("rateRps", 1)).is(200);

    JsonObject stage = sandbox.get(FORECAST_PROD).json("stage");
    assertEquals(1, stage.getInteger("rateRps"));
    assertEquals(month, stage.getValue("monthQuotaRequest", "").toString());
  }

  @ParameterizedTest
  @CsvSource({"yes, false", "no, true"})
  void nullClears_explicitNull(String value, boolean kept) {
    sandbox.set("nullClears", value);
    sandbox.set("omittedMembers", "keep");

    JsonObject plan = edited(new JsonObject().put("usagePlanName", "Free").putNull("rateRps"));

    assertEquals(kept, plan.containsKey("rateRps"));
  }

  @Test
  void repeatedAttachOk_noEffect() {
    sandbox.attach(FORECAST_PROD, "planfree01").is(204);

    assertEquals(0, sandbox.ledger().size());
    assertEquals(2, sandbox.plan("planfree01").getInteger("associatedStagesCount"));
  }

  @Test
  void repeatedAttachError_refused() {
    sandbox.set("repeatedAttach", "error");

    sandbox.attach(FORECAST_PROD, "planfree01").isError(409, "19901");
    sandbox.attach(FORECAST_BETA, "planfree01").is(204);
  }

  @Test
  void repeatedDetachOk_noEffect() {
    sandbox.detach(FORECAST_BETA, "planfree01").is(204);

    assertEquals(0, sandbox.ledger().size());
  }

  @Test
  void repeatedDetachError_refused() {
    sandbox.set("repeatedDetach", "error");

    sandbox.detach(FORECAST_BETA, "planfree01").isError(409, "19902");
    sandbox.detach(FORECAST_PROD, "planfree01").is(204);
  }

  @Test
  void deleteAttachedRefuse_refusedUntilDetached() {
    sandbox.delete("/usage-plans/plangold01").isError(409, "19903");

    sandbox.detach(FORECAST_PROD, "plangold01").is(204);
    sandbox.delete("/usage-plans/plangold01").is(204);
  }

  @Test
  void deleteAttachedAllow_detachedEverywhere() {
    sandbox.set("deleteAttached", "allow");

    sandbox.delete("/usage-plans/planfree01").is(204);

    assertEquals(1, sandbox.get(FORECAST_PROD + "/usage-plans").json().getInteger("total"));
    assertNull(sandbox.relation("keyglobex1").getString("usagePlanId"));
    assertEquals("plangold01", sandbox.relation("keyacme001").getString("usagePlanId"));
  }

  @Test
  void detachWithKeysAllow_keysFallBack() {
    sandbox.detach(FORECAST_PROD, "plangold01").is(204);

    assertNull(sandbox.relation("keyacme001").getString("usagePlanId"));
  }

  @Test
  void detachWithKeysRefuse_refusedWhileUsed() {
    sandbox.set("detachWithKeys", "refuse");

    sandbox.detach(FORECAST_PROD, "plangold01").isError(409, "19904");

    sandbox.detach("/products/maps000001/apis/tiles00001/stages/mtileprod1", "planfree01").is(204);
  }

  @Test
  void duplicateNamesAllow_twoPlansOfOneName() {
    sandbox.create("Free");

    assertEquals(2, found("Free"));
  }

  @Test
  void duplicateNamesRefuse_createAndEditRefused() {
    sandbox.set("duplicateNames", "refuse");
    JsonObject free = new JsonObject().put("usagePlanName", "Free");

    sandbox.post("/usage-plans", free).isError(409, "19905");
    sandbox.put("/usage-plans/planopen01", free).isError(409, "19905");
    sandbox.put("/usage-plans/planfree01", free).is(200);
  }

  @ParameterizedTest
  @CsvSource({
    "substring, sensitive, re, 1",
    "substring, sensitive, RE, 0",
    "substring, insensitive, RE, 1",
    "exact, sensitive, Fre, 0",
    "exact, sensitive, Free, 1",
    "exact, insensitive, fREE, 1",
    "exact, insensitive, fRE, 0"
  })
  void nameFilter_matches(String filter, String matchCase, String name, int total) {
    sandbox.set("nameFilter", filter);
    sandbox.set("nameFilterCase", matchCase);

    assertEquals(total, found(name));
    assertEquals(
        total,
        sandbox
            .get(FORECAST_PROD + "/usage-plans?usagePlanName=" + name)
            .json()
            .getInteger("total"));
  }

  @Test
  void listLimits_defaultAndClamped() {
    IntStream.range(0, 120).forEach(i -> sandbox.create("many" + i));

    assertEquals(20, size(new JsonObject()));
    assertEquals(100, size(new JsonObject().put("limit", 1000)));
    sandbox.set("listLimitMax", 7);
    assertEquals(7, size(new JsonObject()));
    assertEquals(7, size(new JsonObject().put("limit", 8)));
    sandbox.set("listLimitDefault", 3);
    assertEquals(3, size(new JsonObject()));
  }

  @Test
  void offsetBeyondEndEmpty_emptyPage() {
    assertEquals(0, size(new JsonObject().put("offset", Long.MAX_VALUE).put("limit", 1)));
  }

  @Test
  void offsetBeyondEndError_refusedFromTheEndOn() {
    sandbox.set("offsetBeyondEnd", "error");

    sandbox
        .post("/usage-plans/search", new JsonObject().put("offset", 3).put("limit", 1))
        .isError(400, "19004");
    assertEquals(1, size(new JsonObject().put("offset", 2).put("limit", 9)));
    assertEquals(0, found("nothing of that name"));
  }

  @Test
  void readAfterWriteDelay_oldStateUntilThen() {
    sandbox.set("readAfterWriteDelay", 2000);
    JsonObject before = sandbox.plan("planfree01");
    edited(new JsonObject().put("usagePlanName", "Freer"));
    sandbox.clock.advance(Duration.ofMillis(1999));

    assertEquals(before, sandbox.plan("planfree01"));
    assertEquals(0, found("Freer"));
    assertEquals(1, sandbox.ledger().size());
    sandbox.clock.advance(Duration.ofMillis(1));
    assertEquals("Freer", sandbox.plan("planfree01").getString("usagePlanName"));
  }

  @Test
  void readAfterWriteDelay_writesSeeTheTruth() {
    sandbox.set("readAfterWriteDelay", 2000);

    String created = sandbox.create("late");

    sandbox.get("/usage-plans/" + created).isError(404, "19401");
    sandbox.attach(FORECAST_BETA, created).is(204);
    sandbox.delete("/usage-plans/" + created).isError(409, "19903");
    sandbox.clock.advance(Duration.ofSeconds(2));
    assertEquals(1, sandbox.plan(created).getInteger("associatedStagesCount"));
  }

  @Test
  void readAfterWriteDelay_eachWriteWaitsItsOwnTime() {
    sandbox.set("readAfterWriteDelay", 2000);
    edited(new JsonObject().put("usagePlanName", "first"));
    sandbox.clock.advance(Duration.ofSeconds(1));
    edited(new JsonObject().put("usagePlanName", "second"));
    sandbox.clock.advance(Duration.ofSeconds(1));

    assertEquals("first", sandbox.plan("planfree01").getString("usagePlanName"));
    sandbox.clock.advance(Duration.ofSeconds(1));
    assertEquals("second", sandbox.plan("planfree01").getString("usagePlanName"));
  }

  @Test
  void readAfterWriteDelayZero_writtenIsRead() {
    JsonObject plan = edited(new JsonObject().put("usagePlanName", "now"));

    assertEquals(plan, sandbox.plan("planfree01"));
  }

  @ParameterizedTest
  @CsvSource({"attached, wfcstprod1", "unattached, wfcstbeta1"})
  void stagesSearch_oneOfTheTwoMeanings(String value, String stageId) {
    sandbox.set("stagesSearch", value);

    Answer answer =
        sandbox.post(
            "/products/weather001/apis/forecast01/stages/search",
            new JsonObject().put("usagePlanId", "planfree01"));

    assertEquals(1, answer.list("stages").size());
    assertEquals(stageId, answer.list("stages").getJsonObject(0).getString("stageId"));
  }

  @Test
  void assignNothingRefuse_refused() {
    assigned(new JsonObject().putNull("usagePlanId")).isError(400, "19001");
    assigned(new JsonObject()).isError(400, "19001");
  }

  @Test
  void assignNothingUnassign_keyOnStageDefault() {
    sandbox.set("assignNothing", "unassign");

    assigned(new JsonObject().putNull("usagePlanId")).is(204);

    assertNull(sandbox.relation("keyacme001").getString("usagePlanId"));
  }

  @ParameterizedTest
  @CsvSource({"keep, 1234, 40", "reset, 0, 0"})
  void countersOnChange_keptOrReset(String value, int acme, int globex) {
    sandbox.set("countersOnChange", value);

    edited(new JsonObject().put("usagePlanName", "Free"));
    assigned(new JsonObject().put("usagePlanId", "planfree01")).is(204);

    assertEquals(globex, sandbox.relation("keyglobex1").getInteger("dayCallCount"));
    assertEquals(acme, sandbox.relation("keyacme001").getInteger("dayCallCount"));
  }

  @ParameterizedTest
  @CsvSource({"given, forecast01, wfcstprod1", "missing, , "})
  void relationIds_namedOrNot(String value, String apiId, String stageId) {
    sandbox.set("relationIds", value);

    JsonObject relation = sandbox.relation("keyacme001");

    assertEquals(apiId, relation.getString("apiId"));
    assertEquals(stageId, relation.getString("stageId"));
    assertEquals("prod", relation.getString("stageName"));
  }

  @ParameterizedTest
  @CsvSource({"all, 3", "with-plan, 1"})
  void relationRows_ofAllStagesOrOfThoseWithAPlan(String value, int total) {
    sandbox.set("relationRows", value);

    JsonObject page =
        sandbox
            .get("/products/weather001/subscription-detail?apiKeyId=keyacme001")
            .is(200)
            .json("apiKeyRelations");

    assertEquals(total, page.getInteger("total"));
    assertEquals(total, page.getJsonArray("content").size());
  }

  @ParameterizedTest
  @CsvSource({"unset, ''", "success, 2xx"})
  void defaultCondition_ofNewPlanWithoutOne(String value, String condition) {
    sandbox.set("defaultCondition", value);

    assertEquals(condition, sandbox.plan(sandbox.create("x")).getString("quotaCondition", ""));
  }

  @ParameterizedTest
  @CsvSource({"documented, 201, 204", "ok, 200, 200"})
  void successStatus_ofWrites(String value, int created, int attached) {
    sandbox.set("successStatus", value);

    sandbox.post("/usage-plans", new JsonObject().put("usagePlanName", "x")).is(created);
    sandbox.attach(FORECAST_BETA, "planfree01").is(attached);
    sandbox.get("/usage-plans/noplan").is(404);
  }

  @ParameterizedTest
  @CsvSource({"string, java.lang.String", "integer, java.lang.Integer"})
  void errorCodeType_onTheWire(String value, Class<?> type) {
    sandbox.set("errorCodeType", value);

    Object code = sandbox.get("/usage-plans/noplan").is(404).error().getValue("errorCode");

    assertEquals(type, code.getClass());
    assertEquals("19401", code.toString());
  }

  private JsonObject edited(JsonObject body) {
    return sandbox.put("/usage-plans/planfree01", body).is(200).json("usagePlan");
  }

  private Answer assigned(JsonObject body) {
    return sandbox.put("/products/weather001/api-keys/keyacme001/stages/wfcstprod1", body);
  }

  private int found(String name) {
    return sandbox
        .post("/usage-plans/search", new JsonObject().put("usagePlanName", name))
        .is(200)
        .json()
        .getInteger("total");
  }

  private int size(JsonObject body) {
    return sandbox.post("/usage-plans/search", body).is(200).list("usagePlans").size();
  }
}
