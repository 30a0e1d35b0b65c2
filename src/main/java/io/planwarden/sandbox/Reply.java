package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;

/** What is answered to a request. */
sealed interface Reply {

  int status();

  /** An answer with a JSON body. */
  record Json(int status, JsonObject body) implements Reply {}

  /** An answer without a body. */
  record Empty(int status) implements Reply {}

  static Reply ok(JsonObject body) {
    return new Json(200, body);
  }

  /** The same answer with another status. */
  default Reply withStatus(int status) {
    if (this instanceof Json json) {
      return new Json(status, json.body());
    }
    return new Empty(status);
  }
}
