package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets what holds on a stage for API keys without a named plan. */
final class DefaultLimits implements Course {
  private final Change change;
  private final StageRef stage;
  private final Map<String, Object> wanted = new TreeMap<>();
  private final GatewayReads reads;

  DefaultLimits(Change.SetDefaultLimits change, GatewayReads reads) {
    this.change = change;
    this.stage = change.stage();
    this.reads = reads;
    Image.putLimits(wanted, change.limits());
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.stage(stage.stageId()));
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(List.of(LockKey.stage(stage.stageId())));
  }

  @Override
  public Map<String, Object> target() {
    return StageTarget.of(stage);
  }

  @Override
  public Map<String, Object> request() {
    return wanted;
  }

  @Override
  public Uni<Image> look(Call call) {
    // NCP's answer to the change lacks quotaCondition; only this read has all four.
    return reads
        .read(new Query.DefaultLimits(stage), call)
        .map(Image::of)
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return StageTarget.objection(stage, before);
  }

  @Override
  public boolean alreadySo(Image before) {
    return unnamed(before).isEmpty() && isAsAsked(before);
  }

  @Override
  public boolean isAsAsked(Image before) {
    return before.holds(wanted);
  }

  @Override
  public Foresight foresee(Image before) {
    return new Foresight(before, before.with(wanted, Set.of()), unnamed(before));
  }

  /** What is set and the change does not name: NCP does not document what becomes of it. */
  private List<String> unnamed(Image before) {
    return PlanMembers.settable(before).keySet().stream()
        .filter(name -> !wanted.containsKey(name))
        .toList();
  }
}
