package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
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
  private final StageRef stage;
  private final String apiKeyId;
  private final Map<String, Object> wanted;
  private final GatewayReads reads;

  Assignment(Change.AssignPlan change, GatewayReads reads) {
    this.stage = change.stage();
    this.apiKeyId = change.apiKeyId();
    this.wanted = Map.of("usagePlanId", change.usagePlanId());
    this.reads = reads;
  }

  @Override
  public SortedSet<LockKey> locks() {
    return new TreeSet<>(
        List.of(
            LockKey.stagePlan(stage.stageId(), String.valueOf(wanted.get("usagePlanId"))),
            LockKey.keyStage(apiKeyId, stage.stageId())));
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
    return Pages.all(
            paging ->
                reads.read(
                    new Query.Subscriptions(stage.productId(), apiKeyId, stage.stageId(), paging),
                    call))
        .map(this::image)
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }

  private Image image(List<Subscription> subscriptions) {
    return subscriptions.stream()
        .filter(s -> stage.stageId().equals(s.stageId()))
        .findFirst()
        .map(
            s -> {
              Map<String, Object> members = new TreeMap<>();
              Image.put(members, "usagePlanId", s.usagePlanId());
              Image.put(members, "usagePlanName", s.usagePlanName());
              return Image.of(members);
            })
        .orElse(Image.ABSENT);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    return before.exists()
        ? Optional.empty()
        : Optional.of(
            new FacadeException(
                ErrorCode.API_KEY_NOT_FOUND,
                "NCP knows no API key " + apiKeyId + " on stage " + stage + "."));
  }

  @Override
  public boolean alreadySo(Image before) {
    return before.holds(wanted);
  }

  @Override
  public boolean mayGoUnread() {
    return true;
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return look(call).map(now -> Finding.of(now.holds(wanted), now));
  }
}
