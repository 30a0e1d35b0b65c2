package io.planwarden.ncp;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.UsagePlan;
import org.jspecify.annotations.Nullable;

/** Every change on the wire: its request, and the plan in its answer. */
final class ChangeTable implements Change.Cases<ChangeTable.Row> {
  static final ChangeTable ROWS = new ChangeTable();

  /**
   * One change on the wire.
   *
   * @param connection a lost create cannot be told from a done one, so it gets a connection that
   *     NCP is not just closing
   */
  record Row(NcpRequest request, PlanReader plan, Connection connection) {
    private static Row of(NcpRequest request, PlanReader plan) {
      return new Row(request, plan, Connection.POOLED);
    }
  }

  /** Finds the plan that a successful answer holds; null where NCP answers without one. */
  interface PlanReader {
    @Nullable UsagePlan in(Answer answer);
  }

  private ChangeTable() {}

  @Override
  public Row createPlan(Change.CreatePlan change) {
    NcpRequest request =
        NcpRequest.post(Target.to("usage-plans"), RequestBodies.Plan.of(change.settings()));
    return new Row(request, ChangeTable::created, Connection.FRESH);
  }

  @Override
  public Row editPlan(Change.EditPlan change) {
    Target target = Target.to("usage-plans").id(change.usagePlanId());
    return Row.of(
        NcpRequest.put(target, RequestBodies.Edit.of(change)),
        answer -> edited(change.usagePlanId(), answer));
  }

  @Override
  public Row deletePlan(Change.DeletePlan change) {
    Target target = Target.to("usage-plans").id(change.usagePlanId());
    return Row.of(NcpRequest.delete(target), ChangeTable::nothing);
  }

  @Override
  public Row attachStage(Change.AttachStage change) {
    Target target = Target.stage(change.stage()).then("associate-usage-plan");
    return Row.of(
        NcpRequest.post(target, new RequestBodies.PlanId(change.usagePlanId())),
        ChangeTable::nothing);
  }

  @Override
  public Row detachStage(Change.DetachStage change) {
    Target target = Target.stage(change.stage()).then("disassociate-usage-plan");
    return Row.of(
        NcpRequest.post(target, new RequestBodies.PlanId(change.usagePlanId())),
        ChangeTable::nothing);
  }

  @Override
  public Row assignPlan(Change.AssignPlan change) {
    Target target =
        Target.to("products")
            .id(change.stage().productId())
            .then("api-keys")
            .id(change.apiKeyId())
            .then("stages")
            .id(change.stage().stageId());
    return Row.of(
        NcpRequest.put(target, new RequestBodies.PlanId(change.usagePlanId())),
        ChangeTable::nothing);
  }

  @Override
  public Row setDefaultLimits(Change.SetDefaultLimits change) {
    Target target = Target.stage(change.stage()).then("usage-plan");
    return Row.of(NcpRequest.put(target, change.limits()), ChangeTable::nothing);
  }

  private static @Nullable UsagePlan created(Answer answer) {
    UsagePlan plan = answer.as(Envelopes.OnePlan.class).identified();
    // What NCP cannot be asked about by this id could never be looked at again.
    if (plan == null || !Ids.isValid(plan.usagePlanId())) {
      throw answer.unreadable();
    }
    return plan;
  }

  private static @Nullable UsagePlan edited(String usagePlanId, Answer answer) {
    if (answer.empty()) {
      return null;
    }
    UsagePlan plan = answer.as(Envelopes.OnePlan.class).identified();
    if (plan != null && !usagePlanId.equals(plan.usagePlanId())) {
      throw answer.unreadable();
    }
    return plan;
  }

  // What these operations answer, if anything, is not about a plan.
  private static @Nullable UsagePlan nothing(Answer answer) {
    return null;
  }
}
