package io.planwarden.ncp;

import static io.planwarden.ncp.Envelopes.page;
import static io.planwarden.ncp.NcpRequest.get;
import static io.planwarden.ncp.NcpRequest.post;

import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Query;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every query on the wire: its request, and how its answer is read. */
final class QueryTable {
  private static final Map<Class<?>, QueryRow<?, ?, ?>> ROWS =
      Stream.<QueryRow<?, ?, ?>>of(
              new QueryRow<>(
                  Query.SearchPlans.class,
                  q ->
                      post(
                          Target.to("usage-plans").then("search"),
                          RequestBodies.Search.of(q.usagePlanName(), q.paging())),
                  Envelopes.Plans.class,
                  (q, e) -> page(e.total(), e.usagePlans())),
              new QueryRow<>(
                  Query.GetPlan.class,
                  q -> get(Target.to("usage-plans").id(q.usagePlanId())),
                  Envelopes.OnePlan.class,
                  (q, e) -> e.named(q.usagePlanId())),
              new QueryRow<>(
                  Query.StagesOfPlan.class,
                  q ->
                      get(
                          Target.to("usage-plans")
                              .id(q.usagePlanId())
                              .then("stages")
                              .with(q.paging())),
                  Envelopes.StagesOfPlan.class,
                  (q, e) -> page(e.total(), e.stages())),
              new QueryRow<>(
                  Query.PlansByStage.class,
                  QueryTable::plansByStage,
                  Envelopes.PlansByStage.class,
                  (q, e) -> page(e.total(), e.usagePlans())),
              new QueryRow<>(
                  Query.PlansOfStage.class,
                  q -> get(Target.stage(q.stage()).then("usage-plans").with(q.paging())),
                  Envelopes.PlansOfStage.class,
                  (q, e) -> e.plans()),
              new QueryRow<>(
                  Query.StagesOfApi.class,
                  q -> get(product(q.productId()).then("apis").id(q.apiId()).then("stages")),
                  Envelopes.StagesOfApi.class,
                  (q, e) -> e.stages()),
              // The plans come with it; they cannot be left out.
              new QueryRow<>(
                  Query.DefaultLimits.class,
                  q -> get(Target.stage(q.stage()).then("usage-plans").with(new Paging(0, 1))),
                  Envelopes.PlansOfStage.class,
                  (q, e) -> e.defaults()),
              new QueryRow<>(
                  Query.Subscriptions.class,
                  QueryTable::subscriptions,
                  Envelopes.Subscriptions.class,
                  (q, e) -> page(e.apiKeyRelations())),
              new QueryRow<>(
                  Query.Products.class,
                  q -> get(Target.to("products").with(q.paging())),
                  Envelopes.Products.class,
                  (q, e) -> page(e.productPage())),
              new QueryRow<>(
                  Query.Apis.class,
                  q ->
                      get(
                          product(q.productId())
                              .then("apis")
                              .with(q.paging())
                              .with("withStage", "true")),
                  Envelopes.Apis.class,
                  (q, e) -> page(e.total(), e.apis())),
              new QueryRow<>(
                  Query.ApiKeys.class,
                  q ->
                      post(
                          product(q.productId()).then("api-keys").then("search"),
                          RequestBodies.Search.of(null, q.paging())),
                  Envelopes.ApiKeys.class,
                  (q, e) -> page(e.apiKeyPage())))
          .collect(Collectors.toUnmodifiableMap(QueryRow::kind, Function.identity()));

  private QueryTable() {}

  // A row is filed under the kind of query that it was built for, and a kind has one T.
  @SuppressWarnings("unchecked")
  static <T> QueryRow<?, ?, T> row(Query<T> query) {
    return (QueryRow<?, ?, T>) Objects.requireNonNull(ROWS.get(query.getClass()));
  }

  private static NcpRequest plansByStage(Query.PlansByStage query) {
    return get(
        Target.to("usage-plans")
            .with("stageId", Target.validId(query.stageId()))
            .with("associated", Boolean.toString(query.associated()))
            .with(query.paging()));
  }

  private static NcpRequest subscriptions(Query.Subscriptions query) {
    Target target =
        product(query.productId())
            .then("subscription-detail")
            .with("apiKeyId", Target.validId(query.apiKeyId()));
    if (query.stageId() != null) {
      target.with("stageId", Target.validId(query.stageId()));
    }
    return get(target.with(query.paging()));
  }

  private static Target product(String productId) {
    return Target.to("products").id(productId);
  }
}
