package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * NCP does not document what an edit does to the members that it leaves out. So only those that it
 * names decide whether it is in effect, and only an edit that names all that the plan has can find
 * nothing to do.
 */
final class PlanEdit implements Course {
  private final Change.EditPlan change;
  private final Map<String, Object> wanted;
  private final GatewayReads reads;

  PlanEdit(Change.EditPlan change, GatewayReads reads) {
    this.change = change;
    this.wanted = PlanMembers.of(change.settings());
    this.reads = reads;
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(List.of(LockKey.plan(change.usagePlanId())));
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.plan(change.usagePlanId()));
  }

  @Override
  public Map<String, Object> target() {
    return Map.of("usagePlanId", change.usagePlanId());
  }

  @Override
  public Map<String, Object> request() {
    return PlanMembers.request(wanted, change.cleared());
  }

  @Override
  public Uni<Image> look(Call call) {
    return PlanMembers.look(reads, change.usagePlanId(), call);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return before.exists() ? Optional.empty() : Optional.of(Missing.plan(change.usagePlanId()));
  }

  @Override
  public boolean alreadySo(Image before) {
    return unnamed(before).isEmpty() && isAsAsked(before);
  }

  @Override
  public Foresight foresee(Image before) {
    return new Foresight(before, before.with(wanted, change.cleared()), unnamed(before));
  }

  /** What the plan has and the edit does not name. */
  private List<String> unnamed(Image before) {
    return PlanMembers.settable(before).keySet().stream()
        .filter(name -> !wanted.containsKey(name) && !change.cleared().contains(name))
        .toList();
  }

  /** NCP answers with the plan as it is now; only an answer that does not show it is read back. */
  @Override
  public Uni<Finding> confirm(Receipt receipt, Image before, Call call) {
    Finding answered =
        receipt.plan() == null ? null : judgeAnswer(before, Image.of(receipt.plan()));
    return answered != null && answered.inEffect()
        ? Uni.createFrom().item(answered)
        : find(before, call);
  }

  /** NCP's own answer to the edit is its last word on members that it did not clear. */
  private Finding judgeAnswer(Image before, Image now) {
    List<String> kept = change.cleared().stream().filter(name -> now.get(name) != null).toList();
    if (kept.isEmpty() || !now.holds(wanted)) {
      return Finding.of(isAsAsked(now), now);
    }
    boolean nothing = PlanMembers.settable(before).equals(PlanMembers.settable(now));
    return new Finding(
        true,
        now,
        before.isRead() && nothing ? Outcome.NOT_APPLIED : Outcome.APPLIED,
        new FacadeException(
                ErrorCode.CLEAR_NOT_SUPPORTED,
                "NCP took the change and did not clear " + String.join(", ", kept) + ".")
            .with("notCleared", kept));
  }

  @Override
  public boolean mayGoUnread() {
    return true;
  }

  @Override
  public boolean isAsAsked(Image now) {
    return now.holds(wanted) && change.cleared().stream().allMatch(name -> now.get(name) == null);
  }
}
