package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.Permission;
import io.planwarden.sandbox.Switch.Repeated;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Putting plans on stages and taking them off, {@code apigateway-stage-associate} and {@code
 * apigateway-stage-disassociate}.
 */
final class Attachments {

  private static final String STAGE = "/products/{product-id}/apis/{api-id}/stages/{stage-id}";
  private static final Outcome NOTHING_TO_DO = Outcome.of(new Reply.Empty(204));

  private Attachments() {}

  static List<Operation> operations() {
    return List.of(
        Operation.write(
            "attach-plan", "POST", STAGE + "/associate-usage-plan", Attachments::attach),
        Operation.write(
            "detach-plan", "POST", STAGE + "/disassociate-usage-plan", Attachments::detach));
  }

  private static Outcome attach(Call call) {
    Place place = call.place();
    Plan plan = plan(call);
    if (call.state().isAttached(place.stageId(), plan.usagePlanId())) {
      return repeated(call, Switch.REPEATED_ATTACH, RefusalCode.ALREADY_ATTACHED);
    }
    State next = call.state().attached(place.stageId(), plan.usagePlanId());
    return changed(call, place, plan, next);
  }

  private static Outcome detach(Call call) {
    Place place = call.place();
    Plan plan = plan(call);
    String stageId = place.stageId();
    if (!call.state().isAttached(stageId, plan.usagePlanId())) {
      return repeated(call, Switch.REPEATED_DETACH, RefusalCode.NOT_ATTACHED);
    }
    if (call.switches().is(Switch.DETACH_WITH_KEYS, Permission.REFUSE)
        && !call.state().keysOn(stageId, plan.usagePlanId()).isEmpty()) {
      throw new Refusal(RefusalCode.PLAN_HAS_KEYS);
    }
    State next = call.state().detached(stageId, plan.usagePlanId(), call.at());
    return changed(call, place, plan, next);
  }

  private static Outcome repeated(Call call, Switch<Repeated> which, RefusalCode code) {
    if (call.switches().is(which, Repeated.ERROR)) {
      throw new Refusal(code);
    }
    return NOTHING_TO_DO;
  }

  private static Outcome changed(Call call, Place place, Plan plan, State next) {
    return new Outcome(
        new Reply.Empty(204),
        new Effect(
            place.ids().put("usagePlanId", plan.usagePlanId()),
            image(call.state(), place, plan),
            image(next, place, plan),
            next));
  }

  private static JsonObject image(State state, Place place, Plan plan) {
    return Wire.object(
        "usagePlanIds",
        new JsonArray(state.planIdsOn(place.stageId())),
        "apiKeyIdsOnPlan",
        new JsonArray(state.keysOn(place.stageId(), plan.usagePlanId())));
  }

  private static Plan plan(Call call) {
    return call.state().plan(call.body().requiredText("usagePlanId", 0, 10));
  }
}
