package io.planwarden.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to read from NCP. A query is a value: two equal queries ask the same, so it can be the
 * key of a cache.
 *
 * @param <T> what the answer holds
 */
public sealed interface Query<T> {
  /** Plans by name; null is all ({@code apigateway-usageplan-getusageplanlist}). */
  record SearchPlans(@Nullable String usagePlanName, Paging paging)
      implements Query<Page<UsagePlan>> {}

  /** One plan ({@code apigateway-usageplan-getusageplan}). */
  record GetPlan(String usagePlanId) implements Query<UsagePlan> {}

  /** The stages that a plan is attached to ({@code apigateway-usageplan-getstage}). */
  record StagesOfPlan(String usagePlanId, Paging paging) implements Query<Page<PlanStage>> {}

  /** Plans attached, or not, to a stage ({@code apigateway-usageplan-getstageusageplan}). */
  record PlansByStage(String stageId, boolean associated, Paging paging)
      implements Query<Page<PlanSummary>> {}

  /** Default limits and attached plans ({@code apigateway-stage-getstageusageplan}). */
  record PlansOfStage(StageRef stage, Paging paging) implements Query<StagePlans> {}

  /** The stages of an API, not paged by NCP ({@code apigateway-stage-getstagelist}). */
  record StagesOfApi(String productId, String apiId) implements Query<List<Stage>> {}

  /** What holds for API keys without a named plan ({@code apigateway-stage-getstageusageplan}). */
  record DefaultLimits(StageRef stage) implements Query<Limits> {}

  /**
   * Plan and use of an API key on the stages of a product, or on one of them ({@code
   * apigateway-product-subscription}).
   */
  record Subscriptions(String productId, String apiKeyId, @Nullable String stageId, Paging paging)
      implements Query<Page<Subscription>> {}

  /** Products ({@code apigateway-product-getproductlist}). */
  record Products(Paging paging) implements Query<Page<Product>> {}

  /** The APIs of a product, with their stages ({@code apigateway-api-apis}). */
  record Apis(String productId, Paging paging) implements Query<Page<Api>> {}

  /** The API keys of a product ({@code apigateway-product-getapikeylist}). */
  record ApiKeys(String productId, Paging paging) implements Query<Page<ApiKey>> {}
}
