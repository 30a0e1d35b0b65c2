package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A passage without a network or timers: what pauses goes on when the test says so. */
final class TestPassage implements Pause {

  private static final Signature SIGNATURE = new Signature("access", "secret");

  final TestClock clock = new TestClock();
  final World world = new World(new Credentials(List.of(SIGNATURE)));
  final List<Duration> pauses = new ArrayList<>();
  private final List<Promise<Void>> held = new ArrayList<>();

  @Override
  public Future<Void> of(Duration duration) {
    pauses.add(duration);
    Promise<Void> over = Promise.promise();
    held.add(over);
    return over.future();
  }

  /** Ends all pauses. */
  void goOn() {
    held.forEach(Promise::complete);
    held.clear();
  }

  void fault(String rule) {
    world.set(Rules.parse(new Body(new JsonObject("{\"rules\": [" + rule + "]}"))));
  }

  /** Sends a request to delete {@code planopen01} past the rules for faults. */
  Future<Reply> delete() {
    return delete(new Misbehaviour(world, new Random(1), this));
  }

  Future<Reply> delete(Interference interference) {
    String target = "/api/v1/usage-plans/planopen01";
    String timestamp = Long.toString(clock.millis());
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(Signature.TIMESTAMP, timestamp)
            .add(Signature.ACCESS_KEY, "access")
            .add(Signature.SIGNATURE, SIGNATURE.sign("DELETE", target, timestamp));
    return new Passage(world, new Ids(new Random(1)), clock, interference)
        .pass(new Request(clock.instant(), "DELETE", target, headers, Buffer.buffer(), 1));
  }

  JsonArray rows() {
    return world.ledger().toJson(0).getJsonArray("rows");
  }

  JsonObject lastCall() {
    return world.calls().latest(1).getJsonArray("calls").getJsonObject(0);
  }
}
