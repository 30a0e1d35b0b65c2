package io.planwarden.ncp;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.PlanSummary;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Stage;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UsagePlan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What NCP wraps its objects in. Each says by null that it does not hold what was asked for. */
@RegisterForReflection(ignoreNested = false, registerFullHierarchy = true)
final class Envelopes {
  private Envelopes() {}

  /** {@code apigateway-usageplan-getusageplan}, and the answers to creating and editing. */
  record OnePlan(@Nullable UsagePlan usagePlan) {
    /** A plan without an id is no plan: nobody could tell whose image it is. */
    @Nullable UsagePlan identified() {
      return usagePlan == null || usagePlan.usagePlanId() == null ? null : usagePlan;
    }

    @Nullable UsagePlan named(String usagePlanId) {
      UsagePlan plan = identified();
      return plan != null && usagePlanId.equals(plan.usagePlanId()) ? plan : null;
    }
  }

  /** {@code apigateway-usageplan-getusageplanlist}. */
  record Plans(@Nullable Long total, @Nullable List<UsagePlan> usagePlans) {}

  /** {@code apigateway-usageplan-getstage}. */
  record StagesOfPlan(@Nullable Long total, @Nullable List<PlanStage> stages) {}

  /** {@code apigateway-usageplan-getstageusageplan}. */
  record PlansByStage(@Nullable Long total, @Nullable List<PlanSummary> usagePlans) {}

  /** {@code apigateway-stage-getstageusageplan}; the limits at the top are the stage's defaults. */
  record PlansOfStage(
      @Nullable Long total,
      @Nullable List<UsagePlan> content,
      @Nullable Integer rateRps,
      @Nullable Long dayQuotaRequest,
      @Nullable Long monthQuotaRequest,
      @Nullable String quotaCondition) {
    @Nullable StagePlans plans() {
      Page<UsagePlan> attached = page(total, content);
      return attached == null
          ? null
          : new StagePlans(
              new Limits(rateRps, dayQuotaRequest, monthQuotaRequest, quotaCondition), attached);
    }

    @Nullable Limits defaults() {
      StagePlans plans = plans();
      return plans == null ? null : plans.defaults();
    }
  }

  /** {@code apigateway-stage-getstagelist}. */
  record StagesOfApi(@Nullable List<Stage> stages) {}

  /** {@code apigateway-product-subscription}. */
  record Subscriptions(@Nullable Content<Subscription> apiKeyRelations) {}

  /** {@code apigateway-product-getproductlist}. */
  record Products(@Nullable Content<Product> productPage) {}

  /** {@code apigateway-api-apis}. */
  record Apis(@Nullable Long total, @Nullable List<Api> apis) {}

  /** {@code apigateway-product-getapikeylist}; the keys' values are not read. */
  record ApiKeys(@Nullable Content<ApiKey> apiKeyPage) {}

  /** A list inside an envelope. */
  record Content<T>(@Nullable Long total, @Nullable List<T> content) {}

  static <T> @Nullable Page<T> page(@Nullable Content<T> content) {
    return content == null ? null : page(content.total(), content.content());
  }

  /**
   * Null without a total, or without the items that the total promises: a list that may have lost
   * some must not pass for a whole one.
   */
  static <T> @Nullable Page<T> page(@Nullable Long total, @Nullable List<T> items) {
    if (total == null || total < 0) {
      return null;
    }
    if (items == null) {
      return total == 0 ? new Page<>(List.of(), 0) : null;
    }
    return items.stream().anyMatch(Objects::isNull) ? null : new Page<>(items, total);
  }
}
