package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What truly took effect, in order; rows are only ever added. */
final class Ledger {

  private final List<JsonObject> rows = new ArrayList<>();

  void append(Instant at, Errand errand, Effect effect) {
    rows.add(
        Wire.object(
            "seq",
            rows.size() + 1,
            "at",
            Wire.time(at),
            "method",
            errand.request().method(),
            "path",
            errand.request().path(),
            "kind",
            errand.kind(),
            "ids",
            effect.ids(),
            "before",
            effect.before(),
            "after",
            effect.after(),
            "timestamp",
            errand.request().header(Signature.TIMESTAMP),
            "fault",
            errand.fault()));
  }

  /** The rows after a sequence number, so that a reader can go on where it stopped. */
  JsonObject toJson(long after) {
    return Wire.object(
        "total", rows.size(), "rows", new JsonArray(rows.stream().skip(after).toList()));
  }
}
