package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The deletion of a plan that is detached first from every stage that it is on. The stages are part
 * of what it sees, and so of its intent.
 */
final class CascadingDeletion implements Course {
  /** In a recorded request: that the plan is detached first. */
  static final String CASCADE = "cascade";

  private static final String STAGES = "stages";

  private final String usagePlanId;
  private final PlanDeletion deletion;
  private final Listings listings;

  CascadingDeletion(String usagePlanId, Listings listings) {
    this.usagePlanId = usagePlanId;
    this.deletion = new PlanDeletion(new Change.DeletePlan(usagePlanId), listings);
    this.listings = listings;
  }

  @Override
  public Change change() {
    return deletion.change();
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return deletion.sight(seen);
  }

  @Override
  public Foresight foresee(Image before) {
    return deletion.foresee(before);
  }

  /** Every attach and detach of the plan takes this lock too; so nothing slips in between. */
  @Override
  public SortedSet<LockKey> locks() {
    return deletion.locks();
  }

  @Override
  public Map<String, Object> target() {
    return deletion.target();
  }

  @Override
  public Map<String, Object> request() {
    return Map.of(CASCADE, true);
  }

  @Override
  public Uni<Image> look(Call call) {
    return deletion
        .look(call)
        .chain(
            plan ->
                plan.exists()
                    ? listings
                        .stagesOf(usagePlanId, call)
                        .map(stages -> plan.with(Map.of(STAGES, members(stages)), Set.of()))
                    : Uni.createFrom().item(plan));
  }

  private static List<Map<String, Object>> members(List<PlanStage> stages) {
    return stages.stream().map(CascadingDeletion::members).toList();
  }

  private static Map<String, Object> members(PlanStage stage) {
    Map<String, Object> members = new TreeMap<>();
    Image.put(members, "productId", stage.productId());
    Image.put(members, "productName", stage.productName());
    Image.put(members, "apiId", stage.apiId());
    Image.put(members, "apiName", stage.apiName());
    Image.put(members, "stageId", stage.stageId());
    Image.put(members, "stageName", stage.stageName());
    return members;
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return deletion.objection(before).or(() -> unnamed(before));
  }

  /** What cannot be detached must not be found out half-way. */
  private static Optional<FacadeException> unnamed(Image before) {
    return stages(before).stream().allMatch(CascadingDeletion::isNamed)
        ? Optional.empty()
        : Optional.of(
            new FacadeException(
                ErrorCode.UPSTREAM_UNREADABLE,
                "NCP does not name every stage of the plan with its product and API by ids that it"
                    + " can be asked about."));
  }

  private static boolean isNamed(Map<?, ?> stage) {
    return Stream.of("productId", "apiId", "stageId")
        .allMatch(name -> stage.get(name) instanceof String id && Ids.isValid(id));
  }

  @Override
  public List<Course> steps(Image before) {
    return stages(before).stream().map(this::detach).toList();
  }

  private static List<Map<?, ?>> stages(Image before) {
    List<?> stages = before.get(STAGES) instanceof List<?> list ? list : List.of();
    return stages.stream().<Map<?, ?>>map(stage -> (Map<?, ?>) stage).toList();
  }

  private Course detach(Map<?, ?> members) {
    StageRef stage =
        new StageRef(id(members, "productId"), id(members, "apiId"), id(members, "stageId"));
    return new Attachment(
        new Change.DetachStage(stage, usagePlanId), stage, usagePlanId, false, listings.reads());
  }

  private static String id(Map<?, ?> members, String name) {
    return (String) Objects.requireNonNull(members.get(name), name);
  }

  @Override
  public boolean mustSeeTheLatest() {
    return deletion.mustSeeTheLatest();
  }

  @Override
  public boolean alreadySo(Image before) {
    return false;
  }

  @Override
  public boolean isProvedBySight() {
    return true;
  }

  @Override
  public boolean isWithoutEffect(Image before, Image now) {
    return deletion.isWithoutEffect(before, now);
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return look(call).map(now -> Finding.of(!now.exists(), now));
  }
}
