package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PassageTest {

  private static final Signature SIGNATURE = new Signature("access", "secret");

  private final TestClock clock = new TestClock();
  private final World world = new World();

  @Test
  void answeredInPlace_noEffectButCounted() {
    Interference busy = (request, effect) -> Future.succeededFuture(new Reply.Empty(503));

    Future<Reply> reply = pass(busy);

    assertEquals(503, reply.result().status());
    assertEquals(0, rows());
    assertEquals(503, call().getInteger("status"));
  }

  @Test
  void answerLost_effectStays() {
    Interference lost =
        (request, effect) -> effect.get().compose(reply -> Future.failedFuture("lost"));

    assertTrue(pass(lost).failed());
    assertEquals(1, rows());
    assertFalse(call().containsKey("status"));
  }

  @Test
  void effectLate_rowAppearsThen() {
    List<Supplier<Future<Reply>>> held = new ArrayList<>();
    Interference late =
        (request, effect) -> {
          held.add(effect);
          return Future.succeededFuture(new Reply.Empty(504));
        };

    pass(late);

    assertEquals(0, rows());
    assertEquals(204, held.get(0).get().result().status());
    assertEquals(1, rows());
  }

  private Future<Reply> pass(Interference interference) {
    String target = "/api/v1/usage-plans/planopen01";
    String timestamp = Long.toString(clock.millis());
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(Signature.TIMESTAMP, timestamp)
            .add(Signature.ACCESS_KEY, "access")
            .add(Signature.SIGNATURE, SIGNATURE.sign("DELETE", target, timestamp));
    return new Passage(world, SIGNATURE, new Ids(new Random(1)), clock, interference)
        .pass(new Request(clock.instant(), "DELETE", target, headers, Buffer.buffer()));
  }

  private int rows() {
    return world.ledger().toJson(0).getInteger("total");
  }

  private JsonObject call() {
    return world.calls().toJson(1).getJsonArray("calls").getJsonObject(0);
  }
}
