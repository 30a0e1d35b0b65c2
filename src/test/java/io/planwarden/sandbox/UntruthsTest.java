package io.planwarden.sandbox;

import static io.planwarden.sandbox.TestSandbox.FORECAST_BETA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The faults that answer well and lie. */
class UntruthsTest {

  private static final JsonObject AJAR = new JsonObject().put("usagePlanName", "Ajar");

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void noEffect_answeredAsIfDone() {
    sandbox.faults("{\"fault\": \"no-effect\"}").is(200);

    String created = sandbox.create("phantom");
    JsonObject edited = sandbox.put("/usage-plans/planopen01", AJAR).is(200).json("usagePlan");
    sandbox.attach(FORECAST_BETA, "planopen01").is(204);
    sandbox.delete("/usage-plans/planopen01").is(204);

    assertEquals("Ajar", edited.getString("usagePlanName"));
    assertEquals(0, sandbox.ledger().size());
    assertEquals("no-effect", sandbox.lastCall().getString("fault"));
    assertEquals("Open", sandbox.plan("planopen01").getString("usagePlanName"));
    sandbox.get("/usage-plans/" + created).is(404);
  }

  @Test
  void noEffectOfWhatIsRefused_refusedAllTheSame() {
    sandbox.faults("{\"fault\": \"no-effect\"}").is(200);

    sandbox.delete("/usage-plans/planfree01").isError(409, "19903");
  }

  @Test
  void staleReads_stateOfThen() {
    sandbox.faults("{\"fault\": \"stale-reads\", \"delayMs\": 5000}").is(200);
    sandbox.put("/usage-plans/planopen01", AJAR).is(200);
    sandbox.clock.advance(Duration.ofMillis(4999));

    assertEquals("Open", sandbox.plan("planopen01").getString("usagePlanName"));
    assertEquals("stale-reads", sandbox.lastCall().getString("fault"));
    sandbox.clock.advance(Duration.ofMillis(1));
    assertEquals("Ajar", sandbox.plan("planopen01").getString("usagePlanName"));
    assertFalse(sandbox.onlyRow().containsKey("fault"));
  }

  @Test
  void staleReads_everyStateInItsTurn() {
    sandbox.faults("{\"fault\": \"stale-reads\", \"delayMs\": 5000}").is(200);
    for (String name : new String[] {"first", "second", "third"}) {
      sandbox.clock.advance(Duration.ofSeconds(1));
      sandbox.put("/usage-plans/planopen01", new JsonObject().put("usagePlanName", name)).is(200);
    }
    sandbox.clock.advance(Duration.ofSeconds(4));

    assertEquals("second", sandbox.plan("planopen01").getString("usagePlanName"));
    sandbox.clock.advance(Duration.ofSeconds(1));
    assertEquals("third", sandbox.plan("planopen01").getString("usagePlanName"));
  }

  @Test
  void staleReadsSetAfterTheWrite_reachBackNoFurther() {
    sandbox.put("/usage-plans/planopen01", AJAR).is(200);
    sandbox.put("/usage-plans/planopen01", AJAR.copy().put("rateRps", 7)).is(200);

    sandbox.faults("{\"fault\": \"stale-reads\", \"delayMs\": 5000}").is(200);

    assertEquals("Ajar", sandbox.plan("planopen01").getString("usagePlanName"));
  }

  @Test
  void staleReads_changesSeeTheTruth() {
    sandbox.faults("{\"fault\": \"stale-reads\"}").is(200);
    String created = sandbox.create("new");

    sandbox.get("/usage-plans/" + created).is(404);
    sandbox.delete("/usage-plans/" + created).is(204);

    assertEquals(2, sandbox.ledger().size());
  }

  @Test
  void wrongId_anotherPlanInTheAnswerOnly() {
    sandbox.faults("{\"fault\": \"wrong-id\"}").is(200);

    JsonObject edited = sandbox.put("/usage-plans/planopen01", AJAR).is(200).json("usagePlan");

    assertEquals("planwrong1", edited.getString("usagePlanId"));
    assertEquals("Ajar", edited.getString("usagePlanName"));
    JsonObject row = sandbox.onlyRow();
    assertEquals("wrong-id", row.getString("fault"));
    assertEquals("planopen01", row.getJsonObject("ids").getString("usagePlanId"));
    assertEquals("planopen01", row.getJsonObject("after").getString("usagePlanId"));
  }

  @Test
  void wrongIdInAList_everyPlan() {
    sandbox.faults("{\"fault\": \"wrong-id\"}").is(200);

    String text = sandbox.get("/usage-plans?stageId=wfcstprod1").is(200).text();

    assertEquals(2, text.split("planwrong1", -1).length - 1);
    assertFalse(text.contains("planfree01"));
  }
}
