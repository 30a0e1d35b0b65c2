package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The answer names another plan than the one it is about. */
record WrongId() implements Fault {

  private static final String MEMBER = "usagePlanId";
  private static final String OTHER = "planwrong1";
  private static final Set<String> KINDS = Set.of("create-plan", "edit-plan", Operation.READ);

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    Reply.Whole right = errand.perform();
    if (!(right instanceof Reply.Json json)) {
      return Future.succeededFuture(right);
    }
    // A copy: the ledger holds on to what is in the body.
    JsonObject body = json.body().copy();
    replaceIn(body);
    return Future.succeededFuture(new Reply.Json(json.status(), body));
  }

  /** Other answers name no plan. */
  @Override
  public boolean concerns(Errand errand) {
    return errand.kind() != null && KINDS.contains(errand.kind());
  }

  private static void replaceIn(Object value) {
    if (value instanceof JsonArray array) {
      array.forEach(WrongId::replaceIn);
    } else if (value instanceof JsonObject object) {
      if (object.containsKey(MEMBER)) {
        object.put(MEMBER, OTHER);
      }
      object.forEach(member -> replaceIn(member.getValue()));
    }
  }
}
