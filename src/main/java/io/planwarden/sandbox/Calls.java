package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** The requests received, refused ones too; the latest are kept, all are counted. */
final class Calls {

  private static final int KEPT = 100_000;

  private final Deque<JsonObject> latest = new ArrayDeque<>();
  private long total;

  /** Notes a request; its status is added to the entry when it has been answered. */
  JsonObject received(Request request, boolean authenticated) {
    JsonObject entry =
        Wire.object(
            "at",
            request.at().toString(),
            "method",
            request.method(),
            "target",
            request.target(),
            "authenticated",
            authenticated);
    total++;
    latest.addLast(entry);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
    return entry;
  }

  /** The total, and the latest calls up to a limit, oldest first. */
  JsonObject toJson(long limit) {
    JsonArray calls = new JsonArray();
    latest.stream().skip(Math.max(0, latest.size() - limit)).forEach(calls::add);
    return new JsonObject().put("total", total).put("calls", calls);
  }
}
