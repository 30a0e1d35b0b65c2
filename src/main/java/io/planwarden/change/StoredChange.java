package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StageRef;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The change that an intent tells of. */
final class StoredChange {
  private final Map<String, Object> target;
  private final Map<String, Object> request;

  private StoredChange(Map<String, Object> target, Map<String, Object> request) {
    this.target = target;
    this.request = request;
  }

  static Change of(AuditRow intent) {
    Map<String, Object> request = intent.request() == null ? Map.of() : intent.request();
    return new StoredChange(intent.target(), request).change(Action.of(intent.action()));
  }

  private Change change(Action action) {
    return switch (action) {
      case CREATE_PLAN -> new Change.CreatePlan(settings());
      case EDIT_PLAN -> new Change.EditPlan(id("usagePlanId"), settings());
      case DELETE_PLAN -> new Change.DeletePlan(id("usagePlanId"));
      case ATTACH_STAGE -> new Change.AttachStage(stage(), id("usagePlanId"));
      case DETACH_STAGE -> new Change.DetachStage(stage(), id("usagePlanId"));
      case ASSIGN_PLAN ->
          new Change.AssignPlan(stage(), id("apiKeyId"), text(request, "usagePlanId"));
      case SET_DEFAULT_LIMITS -> new Change.SetDefaultLimits(stage(), limits());
    };
  }

  private PlanSettings settings() {
    return new PlanSettings(
        text(request, "usagePlanName"), (String) request.get("usagePlanDescription"), limits());
  }

  private Limits limits() {
    Long rate = number("rateRps");
    return new Limits(
        rate == null ? null : Math.toIntExact(rate),
        number("dayQuotaRequest"),
        number("monthQuotaRequest"),
        (String) request.get("quotaCondition"));
  }

  private StageRef stage() {
    return new StageRef(id("productId"), id("apiId"), id("stageId"));
  }

  private String id(String name) {
    return text(target, name);
  }

  private @Nullable Long number(String name) {
    return request.get(name) instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }

  private static String text(Map<String, Object> members, String name) {
    return (String) Objects.requireNonNull(members.get(name), name);
  }
}
