package io.planwarden.usageplan;

import io.planwarden.change.Changes;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Bodies;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Flags;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Listing;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Usage plans. */
@Path("/v1/usage-plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Usage plans")
@RolesAllowed(Roles.READER)
public class UsagePlanResource {
  private final GatewayReads reads;
  private final Changes changes;
  private final CurrentRequest request;
  private final Clock clock;

  UsagePlanResource(GatewayReads reads, Changes changes, CurrentRequest request, Clock clock) {
    this.clock = clock;
    this.reads = reads;
    this.changes = changes;
    this.request = request;
  }

  /** Lists plans. */
  @GET
  @Operation(operationId = "listUsagePlans", summary = "List usage plans")
  public Uni<Listing<UsagePlan>> list(
      @RestQuery @Nullable String usagePlanName,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    ListWindow window = ListWindow.of(offset, limit);
    String name = Rules.nameFilter(usagePlanName);
    return Pages.window(
            Calls.paging(window),
            paging -> reads.read(new Query.SearchPlans(name, paging), Calls.of(request)))
        .map(page -> window.listing(page.items(), page.total()));
  }

  /** Creates a plan. */
  @POST
  @RolesAllowed(Roles.EDITOR)
  @Operation(operationId = "createUsagePlan", summary = "Create a usage plan")
  @APIResponseSchema(
      value = UsagePlan.class,
      responseCode = "201",
      responseDescription = "Created, or found again after a lost answer")
  public Uni<RestResponse<UsagePlan>> create(
      PlanBody body, @RestQuery @Nullable String allowDuplicateName) {
    Change change = new Change.CreatePlan(Bodies.required(body).settings());
    Options options = new Options(Flags.of("allowDuplicateName", allowDuplicateName));
    return changes
        .apply(change, options, Origin.of(request))
        .map(
            done -> {
              UsagePlan plan = done.after().plan();
              return Answers.created(done, "/v1/usage-plans/" + plan.usagePlanId(), plan).build();
            });
  }

  /** Reads a plan. */
  @GET
  @Path("/{usagePlanId}")
  @Operation(operationId = "getUsagePlan", summary = "Read a usage plan")
  public Uni<RestResponse<UsagePlan>> get(@RestPath String usagePlanId) {
    Query<UsagePlan> query = new Query.GetPlan(Ids.check("usagePlanId", usagePlanId));
    Optional<Instant> cached = reads.readAt(query);
    return reads
        .read(query, Calls.of(request))
        .map(plan -> Answers.aged(plan, cached, clock.instant()))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> notFound(usagePlanId));
  }

  /** Replaces a plan's settings. */
  @PUT
  @RolesAllowed(Roles.EDITOR)
  @Path("/{usagePlanId}")
  @Operation(operationId = "editUsagePlan", summary = "Edit a usage plan")
  @APIResponseSchema(
      value = UsagePlan.class,
      responseCode = "200",
      responseDescription = "The plan as NCP holds it now")
  public Uni<RestResponse<UsagePlan>> edit(@RestPath String usagePlanId, PlanBody body) {
    String id = Ids.check("usagePlanId", usagePlanId);
    Change change = new Change.EditPlan(id, Bodies.required(body).settings());
    return changes
        .apply(change, Options.NONE, Origin.of(request))
        .map(done -> Answers.ok(done, done.after().plan()).build());
  }

  /** Deletes a plan. */
  @DELETE
  @RolesAllowed(Roles.EDITOR)
  @Path("/{usagePlanId}")
  @Operation(operationId = "deleteUsagePlan", summary = "Delete a usage plan")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<RestResponse<Void>> delete(@RestPath String usagePlanId) {
    Change change = new Change.DeletePlan(Ids.check("usagePlanId", usagePlanId));
    return changes
        .apply(change, Options.NONE, Origin.of(request))
        .map(done -> Answers.empty(done).build());
  }

  /** Lists the stages that a plan is attached to. */
  @GET
  @Path("/{usagePlanId}/stages")
  @Operation(operationId = "listStagesOfUsagePlan", summary = "List the stages of a usage plan")
  public Uni<Listing<PlanStage>> stages(
      @RestPath String usagePlanId,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    String id = Ids.check("usagePlanId", usagePlanId);
    ListWindow window = ListWindow.of(offset, limit);
    return Pages.window(
            Calls.paging(window),
            paging -> reads.read(new Query.StagesOfPlan(id, paging), Calls.of(request)))
        .map(page -> window.listing(page.items(), page.total()))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> notFound(usagePlanId));
  }

  private static FacadeException notFound(String usagePlanId) {
    return new FacadeException(
        ErrorCode.USAGE_PLAN_NOT_FOUND, "NCP knows no usage plan " + usagePlanId + ".");
  }
}
