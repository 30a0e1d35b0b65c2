package io.planwarden.ncp;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanSettings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What NCP's operations take; null members are left out. */
@RegisterForReflection(ignoreNested = false, registerFullHierarchy = true)
final class RequestBodies {
  private RequestBodies() {}

  /** {@code apigateway-usageplan-createusageplan}, {@code -putusageplan}. */
  record Plan(
      String usagePlanName, @Nullable String usagePlanDescription, @JsonUnwrapped Limits limits) {
    static Plan of(PlanSettings settings) {
      return new Plan(settings.usagePlanName(), settings.usagePlanDescription(), settings.limits());
    }
  }

  /** The same for an edit that clears members. Only these nulls are meant for NCP. */
  record Edit(
      @JsonUnwrapped Plan plan,
      @JsonAnyGetter @JsonInclude(content = JsonInclude.Include.ALWAYS)
          Map<String, @Nullable Object> cleared) {
    static Edit of(Change.EditPlan change) {
      Map<String, @Nullable Object> nulls = new TreeMap<>();
      change.cleared().forEach(name -> nulls.put(name, null));
      return new Edit(Plan.of(change.settings()), nulls);
    }
  }

  /**
   * {@code apigateway-stage-associate}, {@code -disassociate}, {@code
   * apigateway-product-usageplan}.
   */
  record PlanId(String usagePlanId) {
    PlanId {
      Target.validId(usagePlanId);
    }
  }

  /** {@code apigateway-usageplan-getusageplanlist}, {@code apigateway-product-getapikeylist}. */
  record Search(@Nullable String usagePlanName, long offset, int limit) {
    static Search of(@Nullable String usagePlanName, Paging paging) {
      return new Search(usagePlanName, paging.offset(), paging.limit());
    }
  }
}
