package io.planwarden.gateway;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call read only what is within its {@link Reach}. A list has what is within reach and
 * counts no more than that; for that it is read as a whole, and each attached plan in it costs a
 * read of its stages. A single thing out of reach is refused with {@code product-forbidden}.
 */
public final class ConfinedReads implements GatewayReads {
  private static final int PLANS_AT_ONCE = 4;

  private final GatewayReads reads;

  /** Confines these reads. */
  public ConfinedReads(GatewayReads reads) {
    this.reads = reads;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    return call.reach().isAll() ? reads.read(query, call) : confined(query, call);
  }

  @Override
  public Optional<Instant> readAt(Query<?> query) {
    return reads.readAt(query);
  }

  /** The answer is of the query's own type: each case reads the very query that it was given. */
  @SuppressWarnings("unchecked")
  private <T> Uni<T> confined(Query<T> query, Call call) {
    return (Uni<T>) Uni.createFrom().deferred(() -> answer(query, call));
  }

  private Uni<?> answer(Query<?> query, Call call) {
    Reach reach = call.reach();
    if (query instanceof Query.SearchPlans q) {
      return all(p -> new Query.SearchPlans(q.usagePlanName(), p), call)
          .chain(
              plans ->
                  within(
                      plans, UsagePlan::usagePlanId, p -> isFree(p.associatedStagesCount()), call))
          .map(plans -> page(plans, q.paging()));
    }
    if (query instanceof Query.PlansByStage q) {
      return all(p -> new Query.PlansByStage(q.stageId(), q.associated(), p), call)
          .chain(
              plans ->
                  within(
                      plans,
                      PlanSummary::usagePlanId,
                      p -> isFree(p.associatedStagesCount()),
                      call))
          .map(plans -> page(plans, q.paging()));
    }
    if (query instanceof Query.GetPlan q) {
      return stagesOf(q.usagePlanId(), call)
          .invoke(reach::requirePlanOn)
          .chain(stages -> reads.read(q, call));
    }
    if (query instanceof Query.StagesOfPlan q) {
      return stagesOf(q.usagePlanId(), call)
          .invoke(reach::requirePlanOn)
          .map(stages -> page(stages, q.paging()));
    }
    if (query instanceof Query.PlansOfStage q) {
      reach.require(q.stage().productId());
      return plansOfStage(q, call);
    }
    if (query instanceof Query.StagesOfApi q) {
      reach.require(q.productId());
      return ofItsProduct(q, call).chain(stages -> reads.read(q, call));
    }
    if (query instanceof Query.DefaultLimits q) {
      reach.require(q.stage().productId());
      return reads.read(q, call);
    }
    if (query instanceof Query.Subscriptions q) {
      reach.require(q.productId());
      return reads.read(q, call);
    }
    if (query instanceof Query.Products q) {
      return all(Query.Products::new, call)
          .map(products -> page(kept(products, p -> reach.covers(p.productId())), q.paging()));
    }
    if (query instanceof Query.Apis q) {
      reach.require(q.productId());
      return reads.read(q, call);
    }
    if (query instanceof Query.ApiKeys q) {
      reach.require(q.productId());
      return reads.read(q, call);
    }
    throw new IllegalArgumentException("a query that nothing is known of is refused: " + query);
  }

  private Uni<StagePlans> plansOfStage(Query.PlansOfStage query, Call call) {
    Uni<StagePlans> asAsked = reads.read(query, call);
    Uni<List<UsagePlan>> attached =
        Pages.all(
                p ->
                    reads
                        .read(new Query.PlansOfStage(query.stage(), p), call)
                        .map(StagePlans::attached))
            .chain(plans -> within(plans, UsagePlan::usagePlanId, p -> false, call));
    return asAsked.chain(
        plans -> attached.map(own -> new StagePlans(plans.defaults(), page(own, query.paging()))));
  }

  /** NCP does not say that it holds the API's id against the product's. */
  private Uni<Void> ofItsProduct(Query.StagesOfApi query, Call call) {
    return all(p -> new Query.Apis(query.productId(), p), call)
        .invoke(
            apis -> {
              if (apis.stream().noneMatch(api -> query.apiId().equals(api.apiId()))) {
                call.reach().require(null);
              }
            })
        .replaceWithVoid();
  }

  private Uni<List<PlanStage>> stagesOf(String usagePlanId, Call call) {
    return Pages.whole(paging -> reads.read(new Query.StagesOfPlan(usagePlanId, paging), call));
  }

  /** The plans within reach, in their order; one whose stages cannot be asked for is not. */
  private <P> Uni<List<P>> within(
      List<P> plans, Function<P, @Nullable String> id, Predicate<P> unattached, Call call) {
    Set<String> free =
        plans.stream().filter(unattached).map(id).filter(Objects::nonNull).collect(toSet());
    return Multi.createFrom()
        .items(
            plans.stream()
                .map(id)
                .filter(Objects::nonNull)
                .filter(plan -> !free.contains(plan) && Ids.isValid(plan)))
        .onItem()
        .transformToUni(plan -> ifWithin(plan, call))
        .merge(PLANS_AT_ONCE)
        .collect()
        .with(flatMapping(Optional::stream, toSet()))
        .map(own -> kept(plans, p -> own.contains(id.apply(p)) || free.contains(id.apply(p))));
  }

  /** The plan, if it is within reach; one that is gone meanwhile is not. */
  private Uni<Optional<String>> ifWithin(String usagePlanId, Call call) {
    return stagesOf(usagePlanId, call)
        .map(stages -> Optional.of(usagePlanId).filter(id -> call.reach().coversPlanOn(stages)))
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Optional.empty());
  }

  private static boolean isFree(@Nullable Long stages) {
    return stages != null && stages == 0;
  }

  private static <I> List<I> kept(List<I> items, Predicate<I> wanted) {
    return items.stream().filter(wanted).toList();
  }

  private <I> Uni<List<I>> all(Function<Paging, Query<Page<I>>> query, Call call) {
    return Pages.all(paging -> reads.read(query.apply(paging), call));
  }

  private static <I> Page<I> page(List<I> all, Paging paging) {
    return new Page<>(
        all.stream().skip(paging.offset()).limit(paging.limit()).toList(), all.size());
  }
}
