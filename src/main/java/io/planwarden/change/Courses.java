package io.planwarden.change;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;

/** The course of each kind of change. */
final class Courses implements Change.Cases<Course> {
  private final Listings listings;
  private final GatewayReads reads;
  private final Options options;

  private Courses(Listings listings, Options options) {
    this.listings = listings;
    this.reads = listings.reads();
    this.options = options;
  }

  static Course of(Wish wish, Listings listings, Options options) {
    if (wish instanceof PlanPatch patch) {
      return new PlanMerge(patch, listings.reads());
    }
    if (wish instanceof Wish.Cascade cascade) {
      return new CascadingDeletion(cascade.usagePlanId(), listings);
    }
    if (wish instanceof Reversal reversal) {
      return new PuttingBack(reversal, of(reversal.change(), listings, options));
    }
    return of(((Wish.Whole) wish).change(), listings, options);
  }

  static Course of(Change change, Listings listings, Options options) {
    return change.match(new Courses(listings, options));
  }

  @Override
  public Course createPlan(Change.CreatePlan change) {
    return new PlanCreation(change, options.allowDuplicateName(), listings);
  }

  @Override
  public Course editPlan(Change.EditPlan change) {
    return new PlanEdit(change, reads);
  }

  @Override
  public Course deletePlan(Change.DeletePlan change) {
    return new PlanDeletion(change, listings);
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
    return new Assignment(change, listings);
  }

  @Override
  public Course setDefaultLimits(Change.SetDefaultLimits change) {
    return new DefaultLimits(change, reads);
  }
}
