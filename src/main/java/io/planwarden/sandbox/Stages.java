package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.StagesSearch;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The look-ups of stages and their default limits, {@code apigateway-stage-*}. */
final class Stages {

  private static final String ALL = "/products/{product-id}/apis/{api-id}/stages";
  private static final String ONE = ALL + "/{stage-id}";

  private Stages() {}

  static List<Operation> operations() {
    return List.of(
        Operation.read("GET", ALL, Stages::list),
        Operation.read("GET", ALL + "/filter", Stages::list),
        Operation.read("POST", ALL + "/search", Stages::search),
        Operation.read("GET", ONE, Stages::get),
        Operation.read("GET", ONE + "/usage-plans", Stages::listPlans),
        Operation.write("set-default-limits", "PUT", ONE + "/usage-plan", Stages::putDefaults));
  }

  private static Outcome list(Call call) {
    Product product = call.product();
    Api api = product.api(call.id("api-id"));
    return call.answer(
        Wire.object(
            "host",
            "https://%s.apigw.ntruss.com".formatted(product.productId()),
            "stages",
            Wire.array(
                api.stages(),
                stage -> stage.toJson().put("defaultDeploymentNo", 1).put("isCanary", false))));
  }

  private static Outcome search(Call call) {
    Api api = call.product().api(call.id("api-id"));
    Plan plan = call.state().plan(call.body().requiredText("usagePlanId", 1, 10));
    boolean attached = call.switches().is(Switch.STAGES_SEARCH, StagesSearch.ATTACHED);
    List<Stage> matches =
        api.stages().stream()
            .filter(
                stage -> call.state().isAttached(stage.stageId(), plan.usagePlanId()) == attached)
            .toList();
    return call.answer(Wire.object("stages", Wire.array(matches, Stage::toJson)));
  }

  private static Outcome get(Call call) {
    return call.answer(Wire.object("stage", stage(call.state(), call.place())));
  }

  private static Outcome listPlans(Call call) {
    String stageId = call.place().stageId();
    NameMatch name = call.nameMatch(call.query().text("usagePlanName"));
    List<Plan> matches =
        call.state().planIdsOn(stageId).stream()
            .map(call.state()::plan)
            .filter(plan -> name.matches(plan.usagePlanName()))
            .toList();
    List<Plan> page = Paging.of(call.query(), call.switches()).page(matches);
    return call.answer(
        call.state()
            .defaultsOf(stageId)
            .toJson()
            .put("total", matches.size())
            .put("content", Wire.array(page, call.state()::json)));
  }

  private static Outcome putDefaults(Call call) {
    Place place = call.place();
    Limits before = call.state().defaultsOf(place.stageId());
    Limits after = LimitMembers.replaced(call.body(), call.switches(), before);
    State next = call.state().with(place.stageId(), after);
    return new Outcome(
        Reply.ok(Wire.object("stage", stage(next, place))),
        new Effect(place.ids(), before.toJson(), after.toJson(), next));
  }

  private static JsonObject stage(State state, Place place) {
    return place.toStage(state.defaultsOf(place.stageId()));
  }
}
