package io.planwarden.usageplan;

import io.planwarden.catalog.Calls;
import io.planwarden.catalog.Catalog;
import io.planwarden.change.Done;
import io.planwarden.change.Image;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.change.Wish;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanSummary;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.request.Bodies;
import io.planwarden.request.Conditions;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Flags;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Listing;
import io.planwarden.request.Roles;
import io.planwarden.usage.KeyUsage;
import io.planwarden.usage.Usage;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Plans on stages, and API keys on plans. */
@Path("/v1/stages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Stages")
@RolesAllowed(Roles.READER)
public class StageResource {
  private final GatewayReads reads;
  private final Catalog catalog;
  private final Usage usage;
  private final Submissions submissions;
  private final Versions versions;
  private final UsagePlanConfig config;
  private final CurrentRequest request;

  StageResource(
      GatewayReads reads,
      Catalog catalog,
      Usage usage,
      Submissions submissions,
      Versions versions,
      UsagePlanConfig config,
      CurrentRequest request) {
    this.reads = reads;
    this.catalog = catalog;
    this.usage = usage;
    this.submissions = submissions;
    this.versions = versions;
    this.config = config;
    this.request = request;
  }

  /** Lists the plans that are attached, or those that are not. */
  @GET
  @Path("/{stage}/usage-plans")
  @Operation(
      operationId = "listUsagePlansOfStage",
      summary = "List the usage plans that are attached to a stage, or are not")
  public Uni<Listing<UsagePlan>> plans(
      @RestPath String stage,
      @RestQuery @Nullable String productId,
      @RestQuery @Nullable String attached,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    ListWindow window = ListWindow.of(offset, limit);
    boolean wanted = attached == null || Flags.of("attached", attached);
    Call call = Calls.of(request);
    return catalog
        .resolve(stage, productId, call)
        .chain(
            ref ->
                Pages.window(
                    Calls.paging(window),
                    paging -> wanted ? attached(ref, paging, call) : others(ref, paging, call)))
        .map(page -> window.listing(page.items(), page.total()));
  }

  private Uni<Page<UsagePlan>> attached(StageRef ref, Paging paging, Call call) {
    return reads.read(new Query.PlansOfStage(ref, paging), call).map(StagePlans::attached);
  }

  /** NCP lists these without their limits. */
  private Uni<Page<UsagePlan>> others(StageRef ref, Paging paging, Call call) {
    return reads
        .read(new Query.PlansByStage(ref.stageId(), false, paging), call)
        .map(
            page ->
                new Page<>(page.items().stream().map(PlanSummary::plan).toList(), page.total()));
  }

  /** Attaches a plan. */
  @PUT
  @RolesAllowed(Roles.EDITOR)
  @Path("/{stage}/usage-plans/{usagePlanId}")
  @Operation(operationId = "attachUsagePlan", summary = "Attach a usage plan to a stage")
  @APIResponseSchema(
      value = AttachmentView.class,
      responseCode = "200",
      responseDescription = "The plan is attached")
  public Uni<RestResponse<?>> attach(
      @RestPath String stage,
      @RestPath String usagePlanId,
      @RestQuery @Nullable String productId,
      @RestQuery @Nullable String dryRun) {
    String id = Ids.check("usagePlanId", usagePlanId);
    return submit(
        resolved(stage, productId),
        ref -> new Change.AttachStage(ref, id),
        Options.NONE,
        DryRun.of(dryRun),
        done -> Answers.ok(done, new AttachmentView(stageId(stage), id, true)).build());
  }

  /** Detaches a plan. */
  @DELETE
  @RolesAllowed(Roles.EDITOR)
  @Path("/{stage}/usage-plans/{usagePlanId}")
  @Operation(operationId = "detachUsagePlan", summary = "Detach a usage plan from a stage")
  @APIResponse(responseCode = "204", description = "The plan is not attached")
  public Uni<RestResponse<?>> detach(
      @RestPath String stage,
      @RestPath String usagePlanId,
      @RestQuery @Nullable String productId,
      @RestQuery @Nullable String dryRun) {
    String id = Ids.check("usagePlanId", usagePlanId);
    return submit(
        resolved(stage, productId),
        ref -> new Change.DetachStage(ref, id),
        Options.NONE,
        DryRun.of(dryRun),
        done -> Answers.empty(done).build());
  }

  /** Reads what holds for API keys without a named plan. */
  @GET
  @Path("/{stage}/default-limits")
  @Operation(operationId = "getDefaultLimits", summary = "Read the default limits of a stage")
  @APIResponseSchema(
      value = Limits.class,
      responseCode = "200",
      responseDescription = "As NCP holds it")
  @APIResponse(responseCode = "304", description = "The caller has this version already")
  public Uni<RestResponse<byte[]>> defaultLimits(
      @RestPath String stage,
      @RestQuery @Nullable String productId,
      @RestHeader(Conditions.IF_NONE_MATCH) List<String> ifNoneMatch) {
    Call call = Calls.of(request);
    return catalog
        .resolve(stage, productId, call)
        .chain(ref -> reads.read(new Query.DefaultLimits(ref), call))
        .map(limits -> Versions.answer(ifNoneMatch, versions.of(limits)).build());
  }

  /** Sets what holds for API keys without a named plan. */
  @PUT
  @RolesAllowed(Roles.EDITOR)
  @Path("/{stage}/default-limits")
  @Operation(operationId = "setDefaultLimits", summary = "Set the default limits of a stage")
  @APIResponseSchema(
      value = Limits.class,
      responseCode = "200",
      responseDescription = "The limits as NCP holds them now")
  public Uni<RestResponse<?>> setDefaultLimits(
      @RestPath String stage,
      @RestQuery @Nullable String productId,
      LimitsBody body,
      @RestHeader(Conditions.IF_MATCH) List<String> ifMatch,
      @RestQuery @Nullable String dryRun) {
    Limits limits = Bodies.required(body).limits(config.allowZeroQuota());
    return submit(
        resolved(stage, productId),
        ref -> new Change.SetDefaultLimits(ref, limits),
        versions.under(ifMatch, Image::limits),
        DryRun.of(dryRun),
        this::limitsSet);
  }

  private RestResponse<?> limitsSet(Done done) {
    Version version = versions.of(done.after().limits());
    return Answers.ok(done, version.body()).header("ETag", version.tag()).build();
  }

  /** Reads the plan of an API key, and how much of it is used. */
  @GET
  @Path("/{stage}/api-keys/{apiKeyId}/usage-plan")
  @Operation(
      operationId = "getUsagePlanOfKey",
      summary = "Read the usage plan of an API key on a stage, its use and what remains")
  public Uni<KeyUsage> usage(
      @RestPath String stage, @RestPath String apiKeyId, @RestQuery @Nullable String productId) {
    String key = Ids.check("apiKeyId", apiKeyId);
    Call call = Calls.of(request);
    return catalog.resolve(stage, productId, call).chain(ref -> usage.of(ref, key, call));
  }

  /** Puts an API key on a plan. */
  @PUT
  @RolesAllowed(Roles.EDITOR)
  @Path("/{stage}/api-keys/{apiKeyId}/usage-plan")
  @Operation(operationId = "assignUsagePlan", summary = "Put an API key of a stage on a usage plan")
  @APIResponseSchema(
      value = AssignmentView.class,
      responseCode = "200",
      responseDescription = "The API key is on the plan")
  public Uni<RestResponse<?>> assign(
      @RestPath String stage,
      @RestPath String apiKeyId,
      @RestQuery @Nullable String productId,
      AssignmentBody body,
      @RestQuery @Nullable String dryRun) {
    String key = Ids.check("apiKeyId", apiKeyId);
    String plan = Bodies.required(body).id();
    return submit(
        resolved(stage, productId),
        ref -> new Change.AssignPlan(ref, key, plan),
        Options.NONE,
        DryRun.of(dryRun),
        done -> Answers.ok(done, AssignmentView.of(stageId(stage), key, done)).build());
  }

  private Uni<RestResponse<?>> submit(
      Uni<StageRef> stage,
      Function<StageRef, Change> change,
      Options options,
      DryRun dryRun,
      Function<Done, RestResponse<?>> answer) {
    Origin origin = Origin.of(request);
    return stage.chain(
        ref ->
            submissions.submit(new Wish.Whole(change.apply(ref)), options, origin, dryRun, answer));
  }

  private Uni<StageRef> resolved(String stage, @Nullable String productId) {
    return catalog.resolve(stage, productId, Calls.of(request));
  }

  private static String stageId(String reference) {
    return StageRef.parse(reference).map(StageRef::stageId).orElse(reference);
  }
}
