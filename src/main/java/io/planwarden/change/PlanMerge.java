package io.planwarden.change;

import io.planwarden.gateway.Action;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Missing;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A patch before its plan was seen. It names every member that has a value in the edit that it
 * becomes, because NCP does not document what it does to members that an edit leaves out.
 */
final class PlanMerge implements Course {
  private final PlanPatch patch;
  private final GatewayReads reads;

  PlanMerge(PlanPatch patch, GatewayReads reads) {
    this.patch = patch;
    this.reads = reads;
  }

  @Override
  public Action action() {
    return Action.EDIT_PLAN;
  }

  @Override
  public Change change() {
    throw new IllegalStateException("a patch is an edit only once its plan was seen");
  }

  /** Under the same lock as the look: what is merged is what the edit will find. */
  @Override
  public Course seeing(Image before) {
    return before.exists() ? new PlanEdit(edit(before), reads) : this;
  }

  private Change.EditPlan edit(Image before) {
    return new Change.EditPlan(
        patch.usagePlanId(), PlanMembers.settings(merged(before)), patch.cleared());
  }

  private Map<String, Object> merged(Image before) {
    Map<String, Object> merged = new TreeMap<>(PlanMembers.settable(before));
    merged.putAll(patch.wanted());
    merged.keySet().removeAll(patch.cleared());
    return merged;
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.plan(patch.usagePlanId()));
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(List.of(LockKey.plan(patch.usagePlanId())));
  }

  @Override
  public Map<String, Object> target() {
    return Map.of("usagePlanId", patch.usagePlanId());
  }

  @Override
  public Map<String, Object> request() {
    return PlanMembers.request(patch.wanted(), patch.cleared());
  }

  @Override
  public Uni<Image> look(Call call) {
    return PlanMembers.look(reads, patch.usagePlanId(), call);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    if (!before.exists()) {
      return Optional.of(Missing.plan(patch.usagePlanId()));
    }
    Map<String, Object> merged = merged(before);
    if (!merged.containsKey("usagePlanName")) {
      return Optional.of(
          FacadeException.field(
              ErrorCode.INVALID_FIELD, "usagePlanName", "is required: NCP shows no name of it"));
    }
    boolean day = merged.containsKey("dayQuotaRequest");
    if (day == merged.containsKey("monthQuotaRequest")) {
      return Optional.empty();
    }
    return Optional.of(
        FacadeException.field(
            ErrorCode.QUOTA_PAIR_REQUIRED,
            day ? "monthQuotaRequest" : "dayQuotaRequest",
            "is required with the other quota; the plan has none"));
  }

  @Override
  public boolean mustSeeTheLatest() {
    return true;
  }

  @Override
  public boolean alreadySo(Image before) {
    return false;
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    throw new IllegalStateException("a patch is sent as the edit that it becomes");
  }
}
