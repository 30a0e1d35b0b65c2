package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.planwarden.sandbox.RawAnswer.Ending;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LateTest {

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  private final TestPassage passage = new TestPassage();

  @Test
  void lateCommit_connectionClosedBeforeTheEffect() {
    sandbox.faults("{\"fault\": \"late-commit\", \"delayMs\": 45000}").is(200);

    RawAnswer answer = sandbox.raw("DELETE", "/usage-plans/planopen01", "");

    assertEquals(new RawAnswer("", Ending.CLOSED), answer);
    assertEquals(0, sandbox.ledger().size());
    assertEquals("Open", sandbox.plan("planopen01").getString("usagePlanName"));
  }

  @Test
  void lateCommitWithStatus_answeredAndDoneLater() {
    sandbox
        .faults("{\"fault\": \"late-commit\", \"delayMs\": 1, \"status\": 504, \"code\": 510}")
        .is(200);

    sandbox.delete("/usage-plans/planopen01").isError(504, "510");

    assertEquals("late-commit", sandbox.awaitRow().getString("fault"));
    assertEquals(504, sandbox.lastCall().getInteger("status"));
    sandbox.get("/usage-plans/planopen01").is(404);
  }

  @Test
  void lateCommit_rowAtItsOwnTime() {
    passage.fault("{\"fault\": \"late-commit\", \"delayMs\": 20000}");

    passage.delete();

    assertEquals(new JsonArray(), passage.rows());
    assertEquals(List.of(Duration.ofSeconds(20)), passage.pauses);
    passage.clock.advance(Duration.ofSeconds(20));
    passage.goOn();
    assertEquals("2026-03-01T09:00:20.000Z", passage.rows().getJsonObject(0).getString("at"));
    assertEquals("2026-03-01T09:00:00.000Z", passage.lastCall().getString("at"));
  }

  @Test
  void lateCommitOvertaken_nothingLeftToDo() {
    passage.fault("{\"fault\": \"late-commit\", \"times\": 1}");
    passage.delete();
    passage.delete();

    passage.goOn();

    assertEquals(1, passage.rows().size());
    assertFalse(passage.rows().getJsonObject(0).containsKey("fault"));
  }

  @Test
  void lateCommitAfterReset_notSeen() {
    passage.fault("{\"fault\": \"late-commit\"}");
    passage.delete();
    passage.world.reset();

    passage.goOn();

    assertEquals(new JsonArray(), passage.rows());
    assertEquals("Open", passage.world.history().current().plan("planopen01").usagePlanName());
  }

  @Test
  void lateCommitOfARead_doesNotHappen() {
    sandbox.faults("{\"fault\": \"late-commit\"}").is(200);

    sandbox.get("/usage-plans/planopen01").is(200);

    assertFalse(sandbox.lastCall().containsKey("fault"));
  }

  @Test
  void delay_effectAtOnceAnswerLater() {
    passage.fault("{\"fault\": \"delay\", \"delayMs\": 3000}");

    Future<Reply> reply = passage.delete();

    assertEquals("delay", passage.rows().getJsonObject(0).getString("fault"));
    assertFalse(reply.isComplete());
    passage.goOn();
    assertEquals(204, reply.result().status());
    assertEquals(List.of(Duration.ofSeconds(3)), passage.pauses);
  }

  @Test
  void delayWithLateEffect_bothLater() {
    passage.fault("{\"fault\": \"delay\", \"effect\": \"late\"}");

    Future<Reply> reply = passage.delete();

    assertEquals(new JsonArray(), passage.rows());
    assertFalse(reply.isComplete());
    passage.goOn();
    assertEquals(204, reply.result().status());
    assertEquals(1, passage.rows().size());
  }

  @Test
  void delayed_answeredProperly() {
    sandbox.faults("{\"fault\": \"delay\", \"delayMs\": 100, \"effect\": \"late\"}").is(200);

    sandbox.delete("/usage-plans/planopen01").is(204);

    assertEquals("delay", sandbox.onlyRow().getString("fault"));
    assertEquals(204, sandbox.lastCall().getInteger("status"));
  }

  @Test
  void callerGoneMeanwhile_effectNonetheless() {
    sandbox
        .faults("{\"fault\": \"delay\", \"delayMs\": 3000, \"effect\": \"late\", \"times\": 1}")
        .is(200);

    assertEquals(Ending.STILL_OPEN, sandbox.raw("DELETE", "/usage-plans/planopen01", "").ending());

    assertEquals("delay", sandbox.awaitRow().getString("fault"));
  }
}
