package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static io.planwarden.sandbox.TestSandbox.FORECAST_PROD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttachmentsTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void attached_isOnTheStageAndCounted() {
    Answer answer = sandbox.attach(FORECAST_BETA, "planopen01").is(204);

    assertEquals("", answer.text());
    assertEquals(1, sandbox.plan("planopen01").getInteger("associatedStagesCount"));
    assertEquals(
        "planopen01",
        sandbox
            .get(FORECAST_BETA + "/usage-plans")
            .list("content")
            .getJsonObject(0)
            .getString("usagePlanId"));
  }

  @Test
  void detached_isOffAndItsKeysFallBack() {
    sandbox.detach(FORECAST_PROD, "plangold01").is(204);

    assertEquals(0, sandbox.plan("plangold01").getInteger("associatedStagesCount"));
    assertNull(sandbox.relation("keyacme001").getString("usagePlanId"));
    assertEquals("planfree01", sandbox.relation("keyglobex1").getString("usagePlanId"));
  }

  @Test
  void unknownPlanOrStage_notFound() {
    sandbox.attach(FORECAST_PROD, "noplan").isError(404, "19401");
    sandbox.detach(FORECAST_PROD, "noplan").isError(404, "19401");
    sandbox.attach(FORECAST_PROD + "x", "planfree01").isError(404, "19404");
  }

  @Test
  void planNotNamed_refused() {
    sandbox.post(FORECAST_PROD + "/associate-usage-plan", new JsonObject()).isError(400, "19001");
  }
}
