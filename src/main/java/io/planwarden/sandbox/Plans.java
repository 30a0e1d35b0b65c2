package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.Counters;
import io.planwarden.sandbox.Switch.Permission;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The operations on usage plans themselves, {@code apigateway-usageplan-*}. */
final class Plans {

  private static final String NAME = "usagePlanName";
  private static final String DESCRIPTION = "usagePlanDescription";
  private static final int NAME_MAX = 45;
  private static final int DESCRIPTION_MAX = 50;

  private Plans() {}

  static List<Operation> operations() {
    return List.of(
        Operation.write("create-plan", "POST", "/usage-plans", Plans::create),
        Operation.read("POST", "/usage-plans/search", Plans::search),
        Operation.read("GET", "/usage-plans", Plans::listByStage),
        Operation.read("GET", "/usage-plans/{usage-plan-id}", Plans::get),
        Operation.write("edit-plan", "PUT", "/usage-plans/{usage-plan-id}", Plans::edit),
        Operation.write("delete-plan", "DELETE", "/usage-plans/{usage-plan-id}", Plans::delete),
        Operation.read("GET", "/usage-plans/{usage-plan-id}/stages", Plans::listStages));
  }

  private static Outcome create(Call call) {
    Body body = call.body();
    Plan plan =
        new Plan(
            call.newIds().next(call.state().plans()::containsKey),
            body.requiredText(NAME, 0, NAME_MAX),
            body.text(DESCRIPTION, 0, DESCRIPTION_MAX),
            LimitMembers.created(body, call.switches()));
    requireFreeName(call, plan);
    State next = call.state().with(plan);
    JsonObject after = next.json(plan);
    return new Outcome(
        new Reply.Json(201, Wire.object("usagePlan", after)),
        new Effect(ids(plan), null, after, next));
  }

  private static Outcome search(Call call) {
    Body body = call.body();
    NameMatch name = call.nameMatch(body.text(NAME, 0, NAME_MAX));
    List<Plan> all = List.copyOf(call.state().plans().values());
    List<Plan> matches = all.stream().filter(plan -> name.matches(plan.usagePlanName())).toList();
    List<Plan> page = Paging.of(body, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "initialCount",
            all.size(),
            "total",
            matches.size(),
            "usagePlans",
            Wire.array(page, call.state()::json)));
  }

  private static Outcome listByStage(Call call) {
    Query query = call.query();
    String stageId = call.catalog().place(query.required("stageId")).stageId();
    boolean associated = !Boolean.FALSE.equals(query.flag("associated"));
    List<Plan> matches =
        call.state().plans().values().stream()
            .filter(plan -> call.state().isAttached(stageId, plan.usagePlanId()) == associated)
            .toList();
    List<Plan> page = Paging.of(query, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "total", matches.size(), "usagePlans", Wire.array(page, call.state()::summary)));
  }

  private static Outcome get(Call call) {
    return call.answer(Wire.object("usagePlan", call.state().json(plan(call))));
  }

  private static Outcome edit(Call call) {
    Plan before = plan(call);
    Body body = call.body();
    Replacement replacement = new Replacement(body, call.switches());
    Plan plan =
        new Plan(
            before.usagePlanId(),
            body.requiredText(NAME, 1, NAME_MAX),
            replacement.of(
                DESCRIPTION,
                body.text(DESCRIPTION, 0, DESCRIPTION_MAX),
                before.usagePlanDescription()),
            LimitMembers.replaced(body, call.switches(), before.limits()));
    requireFreeName(call, plan);
    State edited = call.state().with(plan);
    State next =
        call.switches().is(Switch.COUNTERS_ON_CHANGE, Counters.RESET)
            ? edited.withRelations(
                each -> plan.usagePlanId().equals(each.usagePlanId()), Relation::withoutCounts)
            : edited;
    JsonObject after = next.json(plan);
    return new Outcome(
        Reply.ok(Wire.object("usagePlan", after)),
        new Effect(ids(plan), call.state().json(before), after, next));
  }

  private static Outcome delete(Call call) {
    Plan plan = plan(call);
    if (call.switches().is(Switch.DELETE_ATTACHED, Permission.REFUSE)
        && !call.state().placesOf(plan).isEmpty()) {
      throw new Refusal(RefusalCode.PLAN_ATTACHED);
    }
    State next = call.state().without(plan, call.at());
    return new Outcome(
        new Reply.Empty(204), new Effect(ids(plan), call.state().json(plan), null, next));
  }

  private static Outcome listStages(Call call) {
    Plan plan = plan(call);
    NameMatch name = call.nameMatch(call.query().text("name"));
    List<Place> matches =
        call.state().placesOf(plan).stream()
            .filter(place -> name.matches(place.stage().stageName()))
            .toList();
    List<Place> page = Paging.of(call.query(), call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "total",
            matches.size(),
            "stages",
            Wire.array(page, Place::toJson),
            "usagePlan",
            plan.limits().toJson().put("domainCode", Seed.DOMAIN_CODE)));
  }

  private static Plan plan(Call call) {
    return call.state().plan(call.id("usage-plan-id"));
  }

  private static JsonObject ids(Plan plan) {
    return Wire.object("usagePlanId", plan.usagePlanId());
  }

  private static void requireFreeName(Call call, Plan plan) {
    boolean taken =
        call.state().plans().values().stream()
            .anyMatch(
                other ->
                    other.usagePlanName().equals(plan.usagePlanName())
                        && !other.usagePlanId().equals(plan.usagePlanId()));
    if (taken && call.switches().is(Switch.DUPLICATE_NAMES, Permission.REFUSE)) {
      throw new Refusal(RefusalCode.NAME_TAKEN);
    }
  }
}
