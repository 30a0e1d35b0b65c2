package io.planwarden.usageplan;

import io.planwarden.change.Changes;
import io.planwarden.change.Done;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Bodies;
import io.planwarden.request.CurrentRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Plans on stages, and API keys on plans. */
@Path("/v1/stages/{stage}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Stages")
public class StageResource {
  private final GatewayReads reads;
  private final Changes changes;
  private final CurrentRequest request;

  StageResource(GatewayReads reads, Changes changes, CurrentRequest request) {
    this.reads = reads;
    this.changes = changes;
    this.request = request;
  }

  /** Attaches a plan. */
  @PUT
  @Path("/usage-plans/{usagePlanId}")
  @Operation(operationId = "attachUsagePlan", summary = "Attach a usage plan to a stage")
  @APIResponse(responseCode = "200", description = "The plan is attached")
  public Uni<RestResponse<AttachmentView>> attach(
      @RestPath String stage, @RestPath String usagePlanId) {
    StageRef ref = stage(stage);
    String id = Ids.check("usagePlanId", usagePlanId);
    return apply(new Change.AttachStage(ref, id))
        .map(done -> Answers.ok(done, new AttachmentView(ref.stageId(), id, true)).build());
  }

  /** Detaches a plan. */
  @DELETE
  @Path("/usage-plans/{usagePlanId}")
  @Operation(operationId = "detachUsagePlan", summary = "Detach a usage plan from a stage")
  @APIResponse(responseCode = "204", description = "The plan is not attached")
  public Uni<RestResponse<Void>> detach(@RestPath String stage, @RestPath String usagePlanId) {
    return apply(new Change.DetachStage(stage(stage), Ids.check("usagePlanId", usagePlanId)))
        .map(done -> Answers.empty(done).build());
  }

  /** Reads what holds for API keys without a named plan. */
  @GET
  @Path("/default-limits")
  @Operation(operationId = "getDefaultLimits", summary = "Read the default limits of a stage")
  public Uni<Limits> defaultLimits(@RestPath String stage) {
    StageRef ref = stage(stage);
    return reads
        .read(new Query.PlansOfStage(ref, new Paging(0, 1)), Calls.of(request))
        .map(StagePlans::defaults)
        .onFailure(UpstreamFailure::isMissing)
        .transform(
            e -> new FacadeException(ErrorCode.STAGE_NOT_FOUND, "NCP knows no stage " + ref + "."));
  }

  /** Sets what holds for API keys without a named plan. */
  @PUT
  @Path("/default-limits")
  @Operation(operationId = "setDefaultLimits", summary = "Set the default limits of a stage")
  @APIResponse(responseCode = "200", description = "The limits as NCP holds them now")
  public Uni<RestResponse<Limits>> setDefaultLimits(@RestPath String stage, LimitsBody body) {
    return apply(new Change.SetDefaultLimits(stage(stage), Bodies.required(body).limits()))
        .map(done -> Answers.ok(done, done.after().limits()).build());
  }

  /** Puts an API key on a plan. */
  @PUT
  @Path("/api-keys/{apiKeyId}/usage-plan")
  @Operation(operationId = "assignUsagePlan", summary = "Put an API key of a stage on a usage plan")
  @APIResponse(responseCode = "200", description = "The API key is on the plan")
  public Uni<RestResponse<AssignmentView>> assign(
      @RestPath String stage, @RestPath String apiKeyId, AssignmentBody body) {
    StageRef ref = stage(stage);
    String key = Ids.check("apiKeyId", apiKeyId);
    return apply(new Change.AssignPlan(ref, key, Bodies.required(body).id()))
        .map(
            done ->
                Answers.ok(
                        done,
                        new AssignmentView(
                            ref.stageId(),
                            key,
                            done.after().text("usagePlanId"),
                            done.after().text("usagePlanName")))
                    .build());
  }

  private Uni<Done> apply(Change change) {
    return changes.apply(change, Options.NONE, Origin.of(request));
  }

  private static StageRef stage(String reference) {
    return StageRef.parse(reference)
        .orElseThrow(
            () ->
                FacadeException.field(
                    ErrorCode.INVALID_ID, "stage", "must be productId:apiId:stageId"));
  }
}
