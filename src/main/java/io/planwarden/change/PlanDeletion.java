package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.PlanStage;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A deletion is in effect when NCP no longer knows the plan. What NCP does with a plan that is
 * still attached is not documented, so that it is not asked to.
 */
final class PlanDeletion implements Course {
  private final Change change;
  private final String usagePlanId;
  private final Listings listings;

  PlanDeletion(Change.DeletePlan change, Listings listings) {
    this.change = change;
    this.usagePlanId = change.usagePlanId();
    this.listings = listings;
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.plan(usagePlanId));
  }

  @Override
  public Foresight foresee(Image before) {
    return Foresight.of(before, Image.ABSENT);
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(List.of(LockKey.plan(usagePlanId)));
  }

  @Override
  public Map<String, Object> target() {
    return Map.of("usagePlanId", usagePlanId);
  }

  @Override
  public Map<String, Object> request() {
    return Map.of();
  }

  @Override
  public Uni<Image> look(Call call) {
    return PlanMembers.look(listings.reads(), usagePlanId, call);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return before.exists() ? Optional.empty() : Optional.of(Missing.plan(usagePlanId));
  }

  @Override
  public Uni<Optional<FacadeException>> guard(Image before, Call call) {
    return listings
        .stagesOf(usagePlanId, call)
        .map(stages -> stages.isEmpty() ? Optional.empty() : Optional.of(inUse(stages)));
  }

  private static FacadeException inUse(List<PlanStage> stages) {
    return new FacadeException(
            ErrorCode.PLAN_IN_USE,
            "The usage plan is attached to %d stage%s."
                .formatted(stages.size(), stages.size() == 1 ? "" : "s"))
        .with("attachedStages", stages);
  }

  /** No other row will tell what the plan was. */
  @Override
  public boolean mustSeeTheLatest() {
    return true;
  }

  @Override
  public boolean alreadySo(Image before) {
    return false;
  }

  @Override
  public boolean isProvedBySight() {
    return true;
  }

  /** A plan that is there was not deleted, whatever else became of it. */
  @Override
  public boolean isWithoutEffect(Image before, Image now) {
    return now.exists();
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return look(call).map(now -> Finding.of(!now.exists(), now));
  }
}
