package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a key has on a stage: its plan, none meaning the stage's default, and its counted calls. */
record Relation(
    Pair pair,
    @Nullable String usagePlanId,
    long dayCallCount,
    long monthCallCount,
    Instant modTime) {

  /** A key and a stage. */
  record Pair(String apiKeyId, String stageId) {}

  static Relation fresh(Pair pair) {
    return new Relation(pair, null, 0, 0, Seed.TIME);
  }

  boolean isOn(String stageId, String planId) {
    return pair.stageId().equals(stageId) && planId.equals(usagePlanId);
  }

  Relation withPlan(@Nullable String planId, Instant at) {
    return new Relation(pair, planId, dayCallCount, monthCallCount, at);
  }

  Relation withoutCounts() {
    return new Relation(pair, usagePlanId, 0, 0, modTime);
  }

  JsonObject toJson() {
    return Wire.object(
        "apiKeyId",
        pair.apiKeyId(),
        "stageId",
        pair.stageId(),
        "usagePlanId",
        usagePlanId,
        "dayCallCount",
        dayCallCount,
        "monthCallCount",
        monthCallCount,
        "modTime",
        modTime.toString());
  }
}
