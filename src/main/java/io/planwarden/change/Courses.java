package io.planwarden.change;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;

/** The course of each kind of change. */
final class Courses implements Change.Cases<Course> {
  private final GatewayReads reads;
  private final Options options;

  private Courses(GatewayReads reads, Options options) {
    this.reads = reads;
    this.options = options;
  }

  static Course of(Wish wish, GatewayReads reads, Options options) {
    if (wish instanceof PlanPatch patch) {
      return new PlanMerge(patch, reads);
    }
    if (wish instanceof Wish.Cascade cascade) {
      return new CascadingDeletion(cascade.usagePlanId(), reads);
    }
    if (wish instanceof Reversal reversal) {
      return new PuttingBack(reversal, of(reversal.change(), reads, options));
    }
    return of(((Wish.Whole) wish).change(), reads, options);
  }

  static Course of(Change change, GatewayReads reads, Options options) {
    return change.match(new Courses(reads, options));
  }

  @Override
  public Course createPlan(Change.CreatePlan change) {
    return new PlanCreation(change, options.allowDuplicateName(), reads);
  }

  @Override
  public Course editPlan(Change.EditPlan change) {
    return new PlanEdit(change, reads);
  }

  @Override
  public Course deletePlan(Change.DeletePlan change) {
    return new PlanDeletion(change, reads);
  }

  @Override
  public Course attachStage(Change.AttachStage change) {
    return new Attachment(change, change.stage(), change.usagePlanId(), true, reads);
  }

  @Override
  public Course detachStage(Change.DetachStage change) {
    return new Attachment(change, change.stage(), change.usagePlanId(), false, reads);
  }

  @Override
  public Course assignPlan(Change.AssignPlan change) {
    return new Assignment(change, reads);
  }

  @Override
  public Course setDefaultLimits(Change.SetDefaultLimits change) {
    return new DefaultLimits(change, reads);
  }
}
