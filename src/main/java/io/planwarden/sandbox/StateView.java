package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The whole state in a form for people; the values of API keys are not in it. */
final class StateView {

  private StateView() {}

  static JsonObject of(State state) {
    JsonObject attachments = new JsonObject();
    state.attachments().forEach((stage, ids) -> attachments.put(stage, new JsonArray(ids)));
    JsonObject defaults = new JsonObject();
    state.defaults().forEach((stage, limits) -> defaults.put(stage, limits.toJson()));
    return Wire.object(
        "usagePlans",
        Wire.array(List.copyOf(state.plans().values()), state::json),
        "attachments",
        attachments,
        "defaultLimits",
        defaults,
        "relations",
        Wire.array(List.copyOf(state.relations().values()), Relation::toJson),
        "subscriptions",
        Wire.array(state.catalog().subscriptions(), Subscription::toView),
        "stages",
        Wire.array(state.catalog().places().toList(), Place::toJson));
  }
}
