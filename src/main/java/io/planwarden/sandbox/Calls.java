package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** The requests received, refused ones too; the latest are kept, all are counted. */
final class Calls {

  private static final int KEPT = 100_000;

  private final Deque<JsonObject> kept = new ArrayDeque<>();
  private final Rate rate = new Rate();
  private long total;

  /** Notes the arrival of a request; answers how many arrived in the second up to it. */
  int arrived(long nanos) {
    return rate.arrived(nanos);
  }

  /** Notes a request; its status and fault are added to the entry when they are known. */
  JsonObject received(Request request, boolean authenticated) {
    total++;
    JsonObject entry =
        Wire.object(
            "seq",
            total,
            "at",
            Wire.time(request.at()),
            "method",
            request.method(),
            "target",
            request.target(),
            "authenticated",
            authenticated);
    kept.addLast(entry);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    return entry;
  }

  /** The total, and the latest calls up to a limit, oldest first. */
  JsonObject latest(long limit) {
    return page(kept.size() - limit, limit);
  }

  /** The total, and the calls after a sequence number up to a limit, oldest first. */
  JsonObject after(long seq, long limit) {
    return page(seq - (total - kept.size()), limit);
  }

  private JsonObject page(long skipped, long limit) {
    JsonArray calls = new JsonArray();
    kept.stream().skip(Math.max(0, skipped)).limit(limit).forEach(calls::add);
    return new JsonObject().put("total", total).put("calls", calls);
  }

  JsonObject rate() {
    return Wire.object("maxPerSecond", rate.max());
  }
}
