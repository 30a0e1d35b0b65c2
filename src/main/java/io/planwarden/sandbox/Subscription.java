package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/** A key's subscription to a product, with the status that the publisher has given it. */
record Subscription(String productId, Key key, String status) {

  static final String ACCEPTED = "ACCEPTED";
  static final Set<String> STATUSES =
      Set.of("REQUEST", "DENY", ACCEPTED, "REJECTED", "BLOCKED_REQUEST");

  boolean isAccepted() {
    return status.equals(ACCEPTED);
  }

  /** The shape of {@code apigateway-product-getapikeylist}, secrets included as NCP does. */
  JsonObject toJson() {
    return Wire.object(
        "apiKeyId",
        key.apiKeyId(),
        "apiKeyName",
        key.apiKeyName(),
        "primaryKey",
        key.primaryKey(),
        "secondaryKey",
        key.secondaryKey(),
        "status",
        status,
        "domainCode",
        Seed.DOMAIN_CODE,
        "regTime",
        Seed.TIME.toString(),
        "modTime",
        Seed.TIME.toString());
  }

  /** The same without the secrets, for people. */
  JsonObject toView() {
    return Wire.object(
        "productId",
        productId,
        "apiKeyId",
        key.apiKeyId(),
        "apiKeyName",
        key.apiKeyName(),
        "status",
        status);
  }
}
