package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;

/** A stage of an API. */
record Stage(String stageId, String stageName) {

  JsonObject toJson() {
    return Wire.object("stageId", stageId, "stageName", stageName);
  }
}
