package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has reached its operation: the moment, what its path names, and the state it reads
 * or works on.
 */
record Call(
    Request request,
    Instant at,
    Map<String, String> named,
    State state,
    Switches switches,
    Ids newIds) {

  /** What the path has in place of {@code {name}}. */
  String id(String name) {
    String value = named.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no " + name);
    }
    return value;
  }

  Catalog catalog() {
    return state.catalog();
  }

  Product product() {
    return catalog().product(id("product-id"));
  }

  Place place() {
    return catalog().place(id("product-id"), id("api-id"), id("stage-id"));
  }

  Body body() {
    return Body.parse(request.body());
  }

  Query query() {
    return request.query();
  }

  NameMatch nameMatch(@Nullable String wanted) {
    return new NameMatch(wanted, switches);
  }

  Outcome answer(JsonObject body) {
    return Outcome.of(Reply.ok(body));
  }
}
