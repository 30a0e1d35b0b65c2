package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * NCP does not document what an edit does to the members that it leaves out. So only those that it
 * names decide whether it is in effect, and only an edit that names all can find nothing to do.
 */
final class PlanEdit implements Course {
  private final String usagePlanId;
  private final Map<String, Object> wanted;
  private final GatewayReads reads;

  PlanEdit(Change.EditPlan change, GatewayReads reads) {
    this.usagePlanId = change.usagePlanId();
    this.wanted = PlanMembers.of(change.settings());
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
    return wanted;
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
    return wanted.size() == PlanMembers.SETTABLE && before.holds(wanted);
  }

  /** NCP answers with the plan as it is now; only an answer without it is read back. */
  @Override
  public Uni<Finding> confirm(Receipt receipt, Image before, Call call) {
    return receipt.plan() == null
        ? find(before, call)
        : Uni.createFrom().item(judge(Image.of(receipt.plan())));
  }

  @Override
  public boolean mayGoUnread() {
    return true;
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return look(call).map(this::judge);
  }

  private Finding judge(Image now) {
    return Finding.of(now.holds(wanted), now);
  }
}
