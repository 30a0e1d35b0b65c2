package io.planwarden.change;

import io.planwarden.gateway.Change;

/** What a caller wants to be done: a change as it is, or one that is made of what is there. */
public sealed interface Wish permits Wish.Whole, Wish.Cascade, PlanPatch, Reversal {
  /** A change as it is. */
  record Whole(Change change) implements Wish {}

  /** That a plan is detached from every stage that it is on, and then deleted. */
  record Cascade(String usagePlanId) implements Wish {}
}
