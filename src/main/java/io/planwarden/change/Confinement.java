package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.StageRef;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change stays within its caller's reach: the stage that it names, and the plan that it
 * names, wherever that is attached.
 */
final class Confinement implements Change.Cases<Confinement.Touched> {
  /** What a change names; null if it names none. */
  record Touched(@Nullable StageRef stage, @Nullable String usagePlanId) {}

  private Confinement() {}

  /**
   * Fails with {@code product-forbidden}. To be asked with the change's locks held, so that no
   * other change of its target comes between. Only an assignment does not lock its plan, which may
   * be attached elsewhere meanwhile.
   */
  static Uni<Void> check(Wish wish, Listings listings, Call call) {
    if (call.reach().isAll()) {
      return Uni.createFrom().voidItem();
    }
    Touched touched = touchedBy(wish);
    return Uni.createFrom()
        .deferred(
            () -> {
              if (touched.stage() != null) {
                call.reach().require(touched.stage().productId());
              }
              return touched.usagePlanId() == null
                  ? Uni.createFrom().voidItem()
                  : plan(touched.usagePlanId(), listings, call);
            });
  }

  private static Touched touchedBy(Wish wish) {
    if (wish instanceof PlanPatch patch) {
      return new Touched(null, patch.usagePlanId());
    }
    if (wish instanceof Wish.Cascade cascade) {
      return new Touched(null, cascade.usagePlanId());
    }
    Change change =
        wish instanceof Reversal reversal ? reversal.change() : ((Wish.Whole) wish).change();
    return change.match(new Confinement());
  }

  /** A plan that does not exist is out of nobody's reach; the change will find that out. */
  private static Uni<Void> plan(String usagePlanId, Listings listings, Call call) {
    return listings
        .stagesOf(usagePlanId, call)
        .invoke(stages -> call.reach().requirePlanOn(stages))
        .replaceWithVoid();
  }

  @Override
  public Touched createPlan(Change.CreatePlan change) {
    return new Touched(null, null);
  }

  @Override
  public Touched editPlan(Change.EditPlan change) {
    return new Touched(null, change.usagePlanId());
  }

  @Override
  public Touched deletePlan(Change.DeletePlan change) {
    return new Touched(null, change.usagePlanId());
  }

  @Override
  public Touched attachStage(Change.AttachStage change) {
    return new Touched(change.stage(), change.usagePlanId());
  }

  @Override
  public Touched detachStage(Change.DetachStage change) {
    return new Touched(change.stage(), change.usagePlanId());
  }

  @Override
  public Touched assignPlan(Change.AssignPlan change) {
    return new Touched(change.stage(), change.usagePlanId());
  }

  @Override
  public Touched setDefaultLimits(Change.SetDefaultLimits change) {
    return new Touched(change.stage(), null);
  }
}
