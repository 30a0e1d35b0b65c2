package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.ConfinedReads;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts an API key of a stage on a plan. */
final class Assignment implements Course {
  private final Change.AssignPlan change;
  private final StageRef stage;
  private final String apiKeyId;
  private final Map<String, Object> wanted;
  private final Listings listings;

  Assignment(Change.AssignPlan change, Listings listings) {
    this.change = change;
    this.stage = change.stage();
    this.apiKeyId = change.apiKeyId();
    this.wanted = Map.of("usagePlanId", change.usagePlanId());
    this.listings = listings;
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(
        List.of(
            LockKey.stagePlan(stage.stageId(), String.valueOf(wanted.get("usagePlanId"))),
            LockKey.keyStage(apiKeyId, stage.stageId())));
  }

  /** That the plan is on the stage makes no difference to other keys. */
  @Override
  public SortedSet<LockKey> touches() {
    return new TreeSet<>(List.of(LockKey.keyStage(apiKeyId, stage.stageId())));
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.of(LockKey.keyStage(apiKeyId, stage.stageId()));
  }

  @Override
  public Map<String, Object> settable(Image seen) {
    return seen.only("usagePlanId");
  }

  @Override
  public Map<String, Object> target() {
    return StageTarget.of(stage, "apiKeyId", apiKeyId);
  }

  @Override
  public Map<String, Object> request() {
    return wanted;
  }

  @Override
  public Uni<Image> look(Call call) {
    return Pages.whole(
            paging ->
                listings
                    .reads()
                    .read(
                        new Query.Subscriptions(
                            stage.productId(), apiKeyId, stage.stageId(), paging),
                        call))
        .map(this::image)
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }

  /**
   * NCP may have rows only of keys with a plan, so that no row is one without; a key that it may
   * not have, it refuses itself.
   */
  private Image image(List<Subscription> subscriptions) {
    Map<String, Object> members = new TreeMap<>();
    Subscription.onStage(stage.stageId(), subscriptions)
        .ifPresent(
            s -> {
              Image.put(members, "usagePlanId", s.usagePlanId());
              Image.put(members, "usagePlanName", s.usagePlanName());
            });
    return Image.of(members);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return before.exists() ? Optional.empty() : Optional.of(Missing.key(apiKeyId, stage));
  }

  /**
   * NCP does not document how it refuses a plan that is not on the stage; here it is told, with the
   * plans there that are within the caller's reach.
   */
  @Override
  public Uni<Optional<FacadeException>> guard(Image before, Call call) {
    if (before.holds(wanted) || listings.isAdded(change.usagePlanId(), stage)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return attached(listings.reads(), call)
        .chain(
            all ->
                all.stream().anyMatch(plan -> change.usagePlanId().equals(plan.usagePlanId()))
                    ? Uni.createFrom().item(Optional.empty())
                    : attached(new ConfinedReads(listings.reads()), call).map(this::notAmong));
  }

  private Uni<List<UsagePlan>> attached(GatewayReads reads, Call call) {
    return Pages.whole(
        paging ->
            reads.read(new Query.PlansOfStage(stage, paging), call).map(StagePlans::attached));
  }

  private Optional<FacadeException> notAmong(List<UsagePlan> attached) {
    return Optional.of(
        new FacadeException(
                ErrorCode.PLAN_NOT_ON_STAGE,
                "Usage plan " + change.usagePlanId() + " is not attached to stage " + stage + ".")
            .with("usagePlans", attached.stream().map(Assignment::named).toList()));
  }

  private static Map<String, Object> named(UsagePlan plan) {
    Map<String, Object> named = new TreeMap<>();
    Image.put(named, "usagePlanId", plan.usagePlanId());
    Image.put(named, "usagePlanName", plan.usagePlanName());
    return named;
  }

  @Override
  public Foresight foresee(Image before) {
    return before.holds(wanted)
        ? Foresight.of(before, before)
        : new Foresight(before, Image.of(wanted), List.of("usagePlanName"));
  }

  @Override
  public boolean alreadySo(Image before) {
    return before.holds(wanted);
  }

  @Override
  public boolean mayGoUnread() {
    return true;
  }
}
