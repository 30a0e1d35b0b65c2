package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What truly took effect, in order; rows are only ever added. */
final class Ledger {

  private final List<JsonObject> rows = new ArrayList<>();

  void append(Instant at, Request request, Effect effect) {
    rows.add(
        Wire.object(
            "seq",
            rows.size() + 1,
            "at",
            at.toString(),
            "method",
            request.method(),
            "path",
            request.path(),
            "kind",
            effect.kind(),
            "ids",
            effect.ids(),
            "before",
            effect.before(),
            "after",
            effect.after(),
            "timestamp",
            request.header(Signature.TIMESTAMP)));
  }

  /** The rows after a sequence number, so that a reader can go on where it stopped. */
  JsonObject toJson(long after) {
    return Wire.object(
        "total", rows.size(), "rows", new JsonArray(rows.stream().skip(after).toList()));
  }
}
