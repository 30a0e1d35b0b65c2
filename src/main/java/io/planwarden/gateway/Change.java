package io.planwarden.gateway;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** One thing to do in NCP. A change is a value: it says what is wanted, not how it goes. */
public sealed interface Change {
  /** Which kind of change this is. */
  Action action();

  /** Calls the case for this kind of change. */
  <R> R match(Cases<R> cases);

  /** {@code apigateway-usageplan-createusageplan}. */
  record CreatePlan(PlanSettings settings) implements Change {
    @Override
    public Action action() {
      return Action.CREATE_PLAN;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.createPlan(this);
    }
  }

  /**
   * {@code apigateway-usageplan-putusageplan}; settings left out are not sent.
   *
   * @param cleared the names of optional members that are sent as {@code null}, none of which the
   *     settings have
   */
  record EditPlan(String usagePlanId, PlanSettings settings, SortedSet<String> cleared)
      implements Change {
    public EditPlan(String usagePlanId, PlanSettings settings) {
      this(usagePlanId, settings, Collections.emptySortedSet());
    }

    public EditPlan {
      cleared = Collections.unmodifiableSortedSet(new TreeSet<>(cleared));
    }

    @Override
    public Action action() {
      return Action.EDIT_PLAN;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.editPlan(this);
    }
  }

  /** {@code apigateway-usageplan-deleteusageplan}. */
  record DeletePlan(String usagePlanId) implements Change {
    @Override
    public Action action() {
      return Action.DELETE_PLAN;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deletePlan(this);
    }
  }

  /** {@code apigateway-stage-associate}. */
  record AttachStage(StageRef stage, String usagePlanId) implements Change {
    @Override
    public Action action() {
      return Action.ATTACH_STAGE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.attachStage(this);
    }
  }

  /** {@code apigateway-stage-disassociate}. */
  record DetachStage(StageRef stage, String usagePlanId) implements Change {
    @Override
    public Action action() {
      return Action.DETACH_STAGE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.detachStage(this);
    }
  }

  /** {@code apigateway-product-usageplan}: the plan that holds for an API key on a stage. */
  record AssignPlan(StageRef stage, String apiKeyId, String usagePlanId) implements Change {
    @Override
    public Action action() {
      return Action.ASSIGN_PLAN;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.assignPlan(this);
    }
  }

  /** {@code apigateway-stage-putdefaultusageplan}; limits left out are not sent. */
  record SetDefaultLimits(StageRef stage, Limits limits) implements Change {
    @Override
    public Action action() {
      return Action.SET_DEFAULT_LIMITS;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setDefaultLimits(this);
    }
  }

  /** One method for each kind of change, so that the compiler finds a forgotten one. */
  interface Cases<R> {
    R createPlan(CreatePlan change);

    R editPlan(EditPlan change);

    R deletePlan(DeletePlan change);

    R attachStage(AttachStage change);

    R detachStage(DetachStage change);

    R assignPlan(AssignPlan change);

    R setDefaultLimits(SetDefaultLimits change);
  }
}
