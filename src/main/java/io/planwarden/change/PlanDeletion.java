package io.planwarden.change;

import io.planwarden.gateway.Call;
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
  private final String usagePlanId;
  private final GatewayReads reads;

  PlanDeletion(String usagePlanId, GatewayReads reads) {
    this.usagePlanId = usagePlanId;
    this.reads = reads;
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
