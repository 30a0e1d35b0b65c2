package io.planwarden.usageplan;

import io.planwarden.catalog.Calls;
import io.planwarden.gateway.Ids;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Roles;
import io.planwarden.usage.PlanUsage;
import io.planwarden.usage.Usage;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The use of plans. */
@Path("/v1/usage-plans/{usagePlanId}/usage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage plans")
@RolesAllowed(Roles.READER)
public class PlanUsageResource {
  private final Usage usage;
  private final CurrentRequest request;

  PlanUsageResource(Usage usage, CurrentRequest request) {
    this.usage = usage;
    this.request = request;
  }

  /** Reads use and remaining of the API keys on a plan. */
  @GET
  @Operation(
      operationId = "getUsageOfUsagePlan",
      summary = "Read the use of a usage plan",
      description =
          "Limits, use and remaining of each API key on each stage where it is on the plan. NCP has"
              + " no list of them: every key of the products with a stage of the plan is looked at,"
              + " by at most 50 calls to NCP for one page. A page that ends early for that, or"
              + " because NCP fails, says complete: false; next goes on from there. So does one"
              + " that passes over the keys of a product, which NCP does not let us see. A page has all"
              + " stages of a key, and so may have a few items more than limit.")
  public Uni<PlanUsage> get(
      @RestPath String usagePlanId,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    return usage.of(
        Ids.check("usagePlanId", usagePlanId),
        cursor,
        ListWindow.of(null, limit).limit(),
        Calls.of(request));
  }
}
