package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.TreeMap;

/** What the changes of a plan have in common. */
final class PlanMembers {
  /** How many members of a plan can be set. */
  static final int SETTABLE = 6;

  private PlanMembers() {}

  /** The members that the settings name. */
  static Map<String, Object> of(PlanSettings settings) {
    Map<String, Object> members = new TreeMap<>();
    members.put("usagePlanName", settings.usagePlanName());
    Image.put(members, "usagePlanDescription", settings.usagePlanDescription());
    Image.putLimits(members, settings.limits());
    return members;
  }

  static Uni<Image> look(GatewayReads reads, String usagePlanId, Call call) {
    return reads
        .read(new Query.GetPlan(usagePlanId), call)
        .map(Image::of)
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }

  static FacadeException notFound(String usagePlanId) {
    return new FacadeException(
        ErrorCode.USAGE_PLAN_NOT_FOUND, "NCP knows no usage plan " + usagePlanId + ".");
  }
}
