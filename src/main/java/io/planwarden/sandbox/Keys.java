package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.AssignNothing;
import io.planwarden.sandbox.Switch.Counters;
import io.planwarden.sandbox.Switch.RelationIds;
import io.planwarden.sandbox.Switch.RelationRows;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API keys of a product as its publisher sees them, and the plan of each on each stage. */
final class Keys {

  private static final String PRODUCT = "/products/{product-id}";
  private static final String PLAN = "usagePlanId";

  private Keys() {}

  static List<Operation> operations() {
    return List.of(
        Operation.read("POST", PRODUCT + "/api-keys/search", Keys::search),
        Operation.read("GET", PRODUCT + "/subscription-detail", Keys::listRelations),
        Operation.write(
            "assign-plan",
            "PUT",
            PRODUCT + "/api-keys/{api-key-id}/stages/{stage-id}",
            Keys::assign));
  }

  private static Outcome search(Call call) {
    Product product = call.product();
    Body body = call.body();
    String apiKeyId = body.text("apiKeyId", 0, 10);
    String apiKeyValue = body.text("apiKeyValue", 0, 100);
    List<String> statusSet = body.choices("statusSet", Subscription.STATUSES);
    List<Subscription> matches =
        call.catalog().subscriptionsTo(product).stream()
            .filter(each -> apiKeyId == null || each.key().apiKeyId().equals(apiKeyId))
            .filter(each -> apiKeyValue == null || each.key().hasValue(apiKeyValue))
            .filter(each -> statusSet.isEmpty() || statusSet.contains(each.status()))
            .toList();
    List<Subscription> page = Paging.of(body, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "apiKeyPage",
            Wire.object(
                "total", matches.size(), "content", Wire.array(page, Subscription::toJson))));
  }

  /** A row for each stage of the product; none for a key whose subscription is not accepted. */
  private static Outcome listRelations(Call call) {
    Product product = call.product();
    Query query = call.query();
    Subscription subscription = call.catalog().subscription(product, query.required("apiKeyId"));
    String apiId = query.text("apiId");
    String stageId = query.text("stageId");
    List<Place> matches =
        product
            .places()
            .filter(place -> subscription.isAccepted())
            .filter(place -> apiId == null || place.api().apiId().equals(apiId))
            .filter(place -> stageId == null || place.stageId().equals(stageId))
            .filter(place -> hasRow(call, place, subscription.key()))
            .toList();
    List<Place> page = Paging.of(query, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "apiKeyRelations",
            Wire.object(
                "total",
                matches.size(),
                "content",
                Wire.array(page, place -> relation(call, place, subscription.key())))));
  }

  private static boolean hasRow(Call call, Place place, Key key) {
    return call.switches().is(Switch.RELATION_ROWS, RelationRows.ALL)
        || relation(call.state(), place, key).usagePlanId() != null;
  }

  private static Relation relation(State state, Place place, Key key) {
    return state.relation(new Relation.Pair(key.apiKeyId(), place.stageId()));
  }

  private static JsonObject relation(Call call, Place place, Key key) {
    Relation relation = relation(call.state(), place, key);
    String usagePlanId = relation.usagePlanId();
    boolean named = call.switches().is(Switch.RELATION_IDS, RelationIds.GIVEN);
    return Wire.object(
        "apiId",
        named ? place.api().apiId() : null,
        "apiName",
        place.api().apiName(),
        "stageId",
        named ? place.stageId() : null,
        "stageName",
        place.stage().stageName(),
        "apiKeyId",
        key.apiKeyId(),
        "apiKeyName",
        key.apiKeyName(),
        PLAN,
        usagePlanId,
        "usagePlanName",
        usagePlanId == null ? null : call.state().plan(usagePlanId).usagePlanName(),
        "dayCallCount",
        relation.dayCallCount(),
        "monthCallCount",
        relation.monthCallCount(),
        "regTime",
        Seed.TIME.toString(),
        "modTime",
        relation.modTime().toString(),
        "domainCode",
        Seed.DOMAIN_CODE);
  }

  /** {@code apigateway-product-usageplan}: one of the plans on the stage for one key. */
  private static Outcome assign(Call call) {
    Product product = call.product();
    Subscription subscription = call.catalog().subscription(product, call.id("api-key-id"));
    Place place = placeIn(product, call.id("stage-id"));
    String usagePlanId = wantedPlan(call, place);
    if (!subscription.isAccepted()) {
      throw new Refusal(RefusalCode.KEY_NOT_ACCEPTED);
    }
    Relation before = relation(call.state(), place, subscription.key());
    Relation assigned = before.withPlan(usagePlanId, call.at());
    Relation after =
        call.switches().is(Switch.COUNTERS_ON_CHANGE, Counters.RESET)
            ? assigned.withoutCounts()
            : assigned;
    return new Outcome(
        new Reply.Empty(204),
        new Effect(
            place.ids().put("apiKeyId", subscription.key().apiKeyId()),
            before.toJson(),
            after.toJson(),
            call.state().with(after)));
  }

  /** The plan that the body names, which must be on the stage; null takes a key off its plan. */
  private static @Nullable String wantedPlan(Call call, Place place) {
    String usagePlanId = call.body().text(PLAN, 0, 10);
    if (usagePlanId == null || usagePlanId.isEmpty()) {
      if (call.switches().is(Switch.ASSIGN_NOTHING, AssignNothing.UNASSIGN)) {
        return null;
      }
      throw Refusal.invalid(PLAN + " is required");
    }
    call.state().plan(usagePlanId);
    if (!call.state().isAttached(place.stageId(), usagePlanId)) {
      throw new Refusal(RefusalCode.PLAN_NOT_ON_STAGE);
    }
    return usagePlanId;
  }

  private static Place placeIn(Product product, String stageId) {
    return product
        .places()
        .filter(place -> place.stageId().equals(stageId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_STAGE));
  }
}
