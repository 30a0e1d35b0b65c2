package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A deletion is in effect when NCP no longer knows the plan. */
final class PlanDeletion implements Course {
  private final Change change;
  private final String usagePlanId;
  private final GatewayReads reads;

  PlanDeletion(Change.DeletePlan change, GatewayReads reads) {
    this.change = change;
    this.usagePlanId = change.usagePlanId();
    this.reads = reads;
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
    return PlanMembers.look(reads, usagePlanId, call);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return before.exists() ? Optional.empty() : Optional.of(PlanMembers.notFound(usagePlanId));
  }

  @Override
  public boolean alreadySo(Image before) {
    return false;
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return look(call).map(now -> Finding.of(!now.exists(), now));
  }
}
