package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StageRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** The change that an intent tells of. */
final class StoredChange {
  private final Map<String, Object> target;
  private final Map<String, Object> request;

  private StoredChange(Map<String, Object> target, Map<String, Object> request) {
    this.target = target;
    this.request = request;
  }

  /** The wish that it came of, as far as its course differs from that of the change alone. */
  static Wish wish(AuditRow intent) {
    Map<String, Object> request = intent.request() == null ? Map.of() : intent.request();
    Change change = new StoredChange(intent.target(), request).change(Action.of(intent.action()));
    if (change instanceof Change.DeletePlan deletion
        && Boolean.TRUE.equals(request.get(CascadingDeletion.CASCADE))) {
      return new Wish.Cascade(deletion.usagePlanId());
    }
    return request.get(PuttingBack.REVERTS) instanceof String operationId
        ? new Reversal(operationId, change, Image.ABSENT, Image.ABSENT)
        : new Wish.Whole(change);
  }

  private Change change(Action action) {
    return switch (action) {
      case CREATE_PLAN -> new Change.CreatePlan(settings());
      case EDIT_PLAN -> new Change.EditPlan(id("usagePlanId"), settings(), cleared());
      case DELETE_PLAN -> new Change.DeletePlan(id("usagePlanId"));
      case ATTACH_STAGE -> new Change.AttachStage(stage(), id("usagePlanId"));
      case DETACH_STAGE -> new Change.DetachStage(stage(), id("usagePlanId"));
      case ASSIGN_PLAN ->
          new Change.AssignPlan(stage(), id("apiKeyId"), text(request, "usagePlanId"));
      case SET_DEFAULT_LIMITS -> new Change.SetDefaultLimits(stage(), PlanMembers.limits(request));
    };
  }

  private PlanSettings settings() {
    return PlanMembers.settings(request);
  }

  private SortedSet<String> cleared() {
    SortedSet<String> names = new TreeSet<>();
    if (request.get(PlanMembers.CLEAR) instanceof List<?> list) {
      list.forEach(name -> names.add((String) name));
    }
    return names;
  }

  private StageRef stage() {
    return new StageRef(id("productId"), id("apiId"), id("stageId"));
  }

  private String id(String name) {
    return text(target, name);
  }

  private static String text(Map<String, Object> members, String name) {
    return (String) Objects.requireNonNull(members.get(name), name);
  }
}
