package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Attaches a plan to a stage or detaches it; which of both is all the difference. */
final class Attachment implements Course {
  private final Change change;
  private final StageRef stage;
  private final String usagePlanId;
  private final boolean wanted;
  private final GatewayReads reads;

  Attachment(
      Change change, StageRef stage, String usagePlanId, boolean wanted, GatewayReads reads) {
    this.change = change;
    this.stage = stage;
    this.usagePlanId = usagePlanId;
    this.wanted = wanted;
    this.reads = reads;
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(
        List.of(LockKey.plan(usagePlanId), LockKey.stagePlan(stage.stageId(), usagePlanId)));
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.stagePlan(stage.stageId(), usagePlanId));
  }

  @Override
  public Map<String, Object> settable(Image seen) {
    return seen.only("attached");
  }

  /**
   * Only attaches and detaches change it, and what these ended is known by its sight, as is that
   * something may have that cannot be made out.
   */
  @Override
  public SortedSet<LockKey> doubts() {
    return new TreeSet<>();
  }

  @Override
  public Map<String, Object> target() {
    return StageTarget.of(stage, "usagePlanId", usagePlanId);
  }

  @Override
  public Map<String, Object> request() {
    return Map.of("attached", wanted);
  }

  @Override
  public Uni<Image> look(Call call) {
    return Pages.whole(
            paging ->
                reads.read(new Query.PlansOfStage(stage, paging), call).map(StagePlans::attached))
        .map(plans -> plans.stream().anyMatch(plan -> usagePlanId.equals(plan.usagePlanId())))
        .map(attached -> Image.of(Map.of("attached", attached)))
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }

  @Override
  public boolean repeatableAfterLook() {
    return true;
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return StageTarget.objection(stage, before);
  }

  @Override
  public boolean alreadySo(Image before) {
    return before.holds(request());
  }

  @Override
  public boolean mayGoUnread() {
    return true;
  }
}
