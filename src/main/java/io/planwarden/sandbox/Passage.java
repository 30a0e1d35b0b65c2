package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;

/** The one way in and out: every request for NCP passes here before and after its effect. */
record Passage(World world, Ids ids, InstantSource clock, Interference interference) {

  Future<Reply> pass(Request request) {
    // Checked on receipt: a request that is delayed on purpose must not become stale meanwhile.
    boolean authenticated = world.credentials().accept(request, request.at().plus(world.skew()));
    JsonObject entry = world.calls().received(request, authenticated);
    Errand errand = new Errand(this, request, authenticated);
    Future<Reply> answer = interference.around(errand);
    if (errand.fault() != null) {
      entry.put("fault", errand.fault());
    }
    return answer.onSuccess(reply -> noteStatus(entry, reply));
  }

  private static void noteStatus(JsonObject entry, Reply reply) {
    if (reply.status() != 0) {
      entry.put("status", reply.status());
    }
  }
}
