package io.planwarden.usageplan;

import io.planwarden.catalog.Calls;
import io.planwarden.change.Done;
import io.planwarden.change.Image;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.change.Wish;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Bodies;
import io.planwarden.request.Caller;
import io.planwarden.request.Conditions;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Flags;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Listing;
import io.planwarden.request.Roles;
import io.planwarden.usage.Impacts;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Usage plans. */
@Path("/v1/usage-plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Usage plans")
@RolesAllowed(Roles.READER)
public class UsagePlanResource {
  private final GatewayReads reads;
  private final Submissions submissions;
  private final Impacts impacts;
  private final Versions versions;
  private final UsagePlanConfig config;
  private final CurrentRequest request;
  private final Clock clock;

  UsagePlanResource(
      GatewayReads reads,
      Submissions submissions,
      Impacts impacts,
      Versions versions,
      UsagePlanConfig config,
      CurrentRequest request,
      Clock clock) {
    this.reads = reads;
    this.submissions = submissions;
    this.impacts = impacts;
    this.versions = versions;
    this.config = config;
    this.request = request;
    this.clock = clock;
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
  public Uni<RestResponse<?>> create(
      PlanBody body,
      @RestQuery @Nullable String allowDuplicateName,
      @RestQuery @Nullable String dryRun) {
    // NCP's page of creates has 1 as the smallest quota, those of edits have 0.
    Change change = new Change.CreatePlan(Bodies.required(body).settings(false));
    Options options =
        Options.NONE.withDuplicateName(Flags.of("allowDuplicateName", allowDuplicateName));
    return submissions.submit(
        new Wish.Whole(change), options, Origin.of(request), DryRun.of(dryRun), this::created);
  }

  private RestResponse<?> created(Done done) {
    UsagePlan plan = done.after().plan();
    Version version = versions.of(plan);
    String location = "/v1/usage-plans/" + plan.usagePlanId();
    return versioned(Answers.created(done, location, version.body()), version, done);
  }

  /** Reads a plan. */
  @GET
  @Path("/{usagePlanId}")
  @Operation(operationId = "getUsagePlan", summary = "Read a usage plan")
  @APIResponseSchema(
      value = UsagePlan.class,
      responseCode = "200",
      responseDescription = "As NCP holds it")
  @APIResponse(responseCode = "304", description = "The caller has this version already")
  public Uni<RestResponse<byte[]>> get(
      @RestPath String usagePlanId,
      @RestHeader(Conditions.IF_NONE_MATCH) List<String> ifNoneMatch) {
    Query<UsagePlan> query = new Query.GetPlan(Ids.check("usagePlanId", usagePlanId));
    Optional<Instant> cached = reads.readAt(query);
    return reads
        .read(query, Calls.of(request))
        .map(plan -> cached.isPresent() ? versions.ofKept(plan) : versions.of(plan))
        .map(
            version ->
                Answers.aged(Versions.answer(ifNoneMatch, version), cached, clock.instant())
                    .build())
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> Missing.plan(usagePlanId));
  }

  /** Sends the settings that the body names. */
  @PUT
  @RolesAllowed(Roles.EDITOR)
  @Path("/{usagePlanId}")
  @Operation(
      operationId = "editUsagePlan",
      summary = "Edit a usage plan",
      description =
          "Sends the members that it names. What NCP does with the others is not documented; the"
              + " operation's changed says what became of them. To clear one, PATCH it with null.")
  @APIResponseSchema(
      value = UsagePlan.class,
      responseCode = "200",
      responseDescription = "The plan as NCP holds it now")
  public Uni<RestResponse<?>> edit(
      @RestPath String usagePlanId,
      PlanBody body,
      @RestHeader(Conditions.IF_MATCH) List<String> ifMatch,
      @RestQuery @Nullable String dryRun,
      @RestQuery @Nullable String impact) {
    String id = Ids.check("usagePlanId", usagePlanId);
    Change change =
        new Change.EditPlan(id, Bodies.required(body).settings(config.allowZeroQuota()));
    return submit(id, new Wish.Whole(change), ifMatch, DryRun.of(dryRun, impact), this::edited);
  }

  /** Changes the members that the body names. */
  @PATCH
  @RolesAllowed(Roles.EDITOR)
  @Path("/{usagePlanId}")
  @Consumes("application/merge-patch+json")
  @Operation(
      operationId = "patchUsagePlan",
      summary = "Edit members of a usage plan",
      description =
          "A JSON merge patch (RFC 7396): what is left out keeps its value, null clears it. The"
              + " plan is read, merged and sent whole, because NCP does not document what becomes"
              + " of members that an edit leaves out.")
  @APIResponseSchema(
      value = UsagePlan.class,
      responseCode = "200",
      responseDescription = "The plan as NCP holds it now")
  public Uni<RestResponse<?>> patch(
      @RestPath String usagePlanId,
      PatchBody body,
      @RestHeader(Conditions.IF_MATCH) List<String> ifMatch,
      @RestQuery @Nullable String dryRun,
      @RestQuery @Nullable String impact) {
    String id = Ids.check("usagePlanId", usagePlanId);
    Wish patch = Bodies.required(body).patch(id, config.allowZeroQuota());
    return submit(id, patch, ifMatch, DryRun.of(dryRun, impact), this::edited);
  }

  private RestResponse<?> edited(Done done) {
    Version version = versions.of(done.after().plan());
    return versioned(Answers.ok(done, version.body()), version, done);
  }

  /** Deletes a plan. */
  @DELETE
  @RolesAllowed(Roles.EDITOR)
  @Path("/{usagePlanId}")
  @Operation(
      operationId = "deleteUsagePlan",
      summary = "Delete a usage plan",
      description =
          "A plan that is attached to stages is not deleted. With cascade=true, for which the role"
              + " admin is needed, it is detached from each first; each detach is an operation of"
              + " its own under that of the deletion. If one does not succeed, nothing after it is"
              + " begun; the same request goes on from there.")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<RestResponse<?>> delete(
      @RestPath String usagePlanId,
      @RestHeader(Conditions.IF_MATCH) List<String> ifMatch,
      @RestQuery @Nullable String cascade,
      @RestQuery @Nullable String dryRun,
      @RestQuery @Nullable String impact) {
    String id = Ids.check("usagePlanId", usagePlanId);
    Wish deletion =
        Flags.of("cascade", cascade)
            ? cascade(id, request.caller())
            : new Wish.Whole(new Change.DeletePlan(id));
    return submit(
        id, deletion, ifMatch, DryRun.of(dryRun, impact), done -> Answers.empty(done).build());
  }

  private static Wish cascade(String usagePlanId, Caller caller) {
    if (!caller.has(Roles.ADMIN)) {
      throw new FacadeException(
          ErrorCode.FORBIDDEN, "Deleting a plan with cascade=true needs the role admin.");
    }
    return new Wish.Cascade(usagePlanId);
  }

  private Uni<RestResponse<?>> submit(
      String usagePlanId,
      Wish wish,
      List<String> ifMatch,
      DryRun dryRun,
      Function<Done, RestResponse<?>> answer) {
    Origin origin = Origin.of(request);
    Call call = Calls.of(request);
    return submissions.submit(
        wish,
        versions.under(ifMatch, Image::plan),
        origin,
        dryRun,
        answer,
        preview -> impacts.of(usagePlanId, preview.limits(), call));
  }

  /** What nobody read is no version. */
  private static RestResponse<byte[]> versioned(
      ResponseBuilder<byte[]> answer, Version version, Done done) {
    return done.after().isRead() ? answer.header("ETag", version.tag()).build() : answer.build();
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
        .transform(e -> Missing.plan(usagePlanId));
  }
}
