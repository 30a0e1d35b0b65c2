package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * NCP's create has no idempotency token. What tells a lost create from one that never happened are
 * the ids of the plans that carried the name before: they are the image, and a new one is ours.
 */
final class PlanCreation implements Course {
  private static final String IDS = "usagePlanIds";

  private final Change.CreatePlan change;
  private final PlanSettings settings;
  private final boolean allowDuplicateName;
  private final Listings listings;

  PlanCreation(Change.CreatePlan change, boolean allowDuplicateName, Listings listings) {
    this.change = change;
    this.settings = change.settings();
    this.allowDuplicateName = allowDuplicateName;
    this.listings = listings;
  }

  @Override
  public Change change() {
    return change;
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return Optional.ofNullable(seen.text("usagePlanId")).map(LockKey::plan);
  }

  @Override
  public Foresight foresee(Image before) {
    return Foresight.of(Image.ABSENT, Image.of(request()));
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(List.of(LockKey.planName(settings.usagePlanName())));
  }

  @Override
  public Map<String, Object> target() {
    return Map.of("usagePlanName", settings.usagePlanName());
  }

  @Override
  public Map<String, Object> request() {
    return PlanMembers.of(settings);
  }

  @Override
  public Uni<Image> look(Call call) {
    return listings.idsNamed(settings.usagePlanName(), call).map(ids -> Image.of(Map.of(IDS, ids)));
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    List<?> ids = ids(before);
    if (ids.isEmpty() || allowDuplicateName) {
      return Optional.empty();
    }
    return Optional.of(
        new FacadeException(
                ErrorCode.PLAN_NAME_EXISTS, "A usage plan with exactly this name exists already.")
            .with(IDS, ids));
  }

  @Override
  public boolean mayBeFoundLate() {
    return true;
  }

  @Override
  public boolean alreadySo(Image before) {
    return false;
  }

  @Override
  public boolean isProvedBySight() {
    return true;
  }

  /** By the id that NCP gave it: plans of that name may have come from elsewhere meanwhile. */
  @Override
  public Uni<Finding> confirm(Receipt receipt, Image before, Call call) {
    String id = receipt.plan() == null ? null : receipt.plan().usagePlanId();
    return id == null
        ? find(before, call)
        : PlanMembers.look(listings.reads(), id, call)
            .map(now -> Finding.of(now.holds(request()), now));
  }

  /** Among those that were not there before and that no other operation has made. */
  @Override
  public Uni<Finding> find(Image before, Call call) {
    List<?> known = ids(before);
    return listings
        .plansNamed(settings.usagePlanName(), call)
        .map(plans -> plans.stream().filter(p -> !known.contains(p.usagePlanId())).toList())
        .chain(listings::unclaimed)
        .map(this::adopt);
  }

  /**
   * One new plan that is as asked for must be ours; of several nobody can tell. One that NCP cannot
   * be asked about could never be looked at again.
   */
  private Finding adopt(List<UsagePlan> fresh) {
    List<Image> equal =
        fresh.stream()
            .filter(plan -> Ids.isValid(plan.usagePlanId()))
            .map(Image::of)
            .filter(image -> image.holds(request()))
            .toList();
    return fresh.size() == 1 && equal.size() == 1
        ? new Finding(true, equal.get(0), Outcome.ADOPTED, null)
        : Finding.of(
            false,
            Image.of(Map.of(IDS, fresh.stream().map(p -> (Object) p.usagePlanId()).toList())));
  }

  private static List<?> ids(Image image) {
    return image.get(IDS) instanceof List<?> ids ? ids : List.of();
  }
}
