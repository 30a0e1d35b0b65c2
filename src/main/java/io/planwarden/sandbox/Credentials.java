package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** The key pairs that may sign. */
record Credentials(List<Signature> keyPairs) {

  static Credentials parse(Body body) {
    body.allowOnly(List.of("keys"));
    return new Credentials(body.objects("keys").stream().map(Credentials::keyPair).toList());
  }

  private static Signature keyPair(Body body) {
    body.allowOnly(List.of("accessKey", "secretKey"));
    return new Signature(
        body.requiredText("accessKey", 1, 100), body.requiredText("secretKey", 1, 100));
  }

  boolean accept(Request request, Instant now) {
    return keyPairs.stream().anyMatch(keyPair -> keyPair.accepts(request, now));
  }

  /** The access keys alone. */
  JsonObject toJson() {
    return Wire.object(
        "accessKeys", new JsonArray(keyPairs.stream().map(Signature::accessKey).toList()));
  }
}
