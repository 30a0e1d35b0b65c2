package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the changes of a plan have in common. */
final class PlanMembers {
  /** In a recorded request: the names of the members that are sent as null. */
  static final String CLEAR = "clear";

  /** What callers can set; the rest is NCP's own. */
  private static final Set<String> SETTABLE =
      Set.of(
          "usagePlanName",
          "usagePlanDescription",
          "rateRps",
          "dayQuotaRequest",
          "monthQuotaRequest",
          "quotaCondition");

  private PlanMembers() {}

  /** The members that the settings name. */
  static Map<String, Object> of(PlanSettings settings) {
    Map<String, Object> members = new TreeMap<>();
    members.put("usagePlanName", settings.usagePlanName());
    Image.put(members, "usagePlanDescription", settings.usagePlanDescription());
    Image.putLimits(members, settings.limits());
    return members;
  }

  /** The settings that name these members. */
  static PlanSettings settings(Map<String, Object> members) {
    return new PlanSettings(
        (String) Objects.requireNonNull(members.get("usagePlanName"), "usagePlanName"),
        (String) members.get("usagePlanDescription"),
        limits(members));
  }

  /** The limits among these members. */
  static Limits limits(Map<String, Object> members) {
    Long rate = number(members, "rateRps");
    return new Limits(
        rate == null ? null : Math.toIntExact(rate),
        number(members, "dayQuotaRequest"),
        number(members, "monthQuotaRequest"),
        (String) members.get("quotaCondition"));
  }

  private static @Nullable Long number(Map<String, Object> members, String name) {
    return members.get(name) instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }

  /** What callers can set of what was seen, of a plan or of default limits. */
  static Map<String, Object> settable(Image seen) {
    Map<String, Object> members = new TreeMap<>();
    SETTABLE.forEach(name -> Image.put(members, name, seen.get(name)));
    return members;
  }

  /** A request as it is recorded. */
  static Map<String, Object> request(Map<String, Object> wanted, Collection<String> cleared) {
    Map<String, Object> request = new TreeMap<>(wanted);
    if (!cleared.isEmpty()) {
      request.put(CLEAR, List.copyOf(cleared));
    }
    return request;
  }

  static Uni<Image> look(GatewayReads reads, String usagePlanId, Call call) {
    return reads
        .read(new Query.GetPlan(usagePlanId), call)
        .map(Image::of)
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(Image.ABSENT);
  }
}
