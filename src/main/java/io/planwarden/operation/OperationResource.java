package io.planwarden.operation;

import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.Operation;
import io.planwarden.change.Changes;
import io.planwarden.change.Done;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.change.Reversal;
import io.planwarden.idempotency.IdempotencyKey;
import io.planwarden.idempotency.IdempotencyKeys;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Cursor;
import io.planwarden.request.Flags;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Changes on their way and at their end. */
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationResource {
  /** What the id of an operation looks like, a ULID. */
  public static final String ID_FORM = "[0-9A-HJKMNP-TV-Z]{26}";

  private static final Pattern ULID = Pattern.compile(ID_FORM);

  private final AuditQuery audit;
  private final Changes changes;
  private final IdempotencyKeys keys;
  private final CurrentRequest request;

  OperationResource(
      AuditQuery audit, Changes changes, IdempotencyKeys keys, CurrentRequest request) {
    this.audit = audit;
    this.changes = changes;
    this.keys = keys;
    this.request = request;
  }

  /**
   * Operations from the newest to the oldest.
   *
   * @param next what to send as {@code cursor} for the operations that follow, null at the end
   */
  public record Operations(List<Operation> items, @Nullable String next) {}

  /**
   * Finds the operations that a request or a key began: the caller's own, or as an auditor
   * anybody's.
   */
  @GET
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "findOperations",
      summary = "Find operations, newest first")
  @RolesAllowed({Roles.READER, Roles.AUDITOR})
  public Uni<Operations> find(
      @RestQuery @Nullable String requestId,
      @RestQuery @Nullable String idempotencyKey,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    String wanted = AuditParameters.requestId(requestId);
    if ((wanted == null) == (idempotencyKey == null)) {
      throw invalid("requestId", "is required, or idempotencyKey instead of it");
    }
    int most = ListWindow.of(null, limit).limit();
    return wanted == null
        ? ofKey(String.valueOf(idempotencyKey), cursor, most)
        : ofRequest(wanted, Cursor.before(cursor), most);
  }

  private Uni<Operations> ofRequest(String requestId, long before, int limit) {
    Caller caller = request.caller();
    return audit
        .operations(requestId, caller.has(Roles.AUDITOR) ? null : caller.id(), before, limit)
        .map(page -> new Operations(visible(page.items(), caller), Cursor.of(page.next())));
  }

  /** A key stands for one operation of each caller: there is nothing to go on with. */
  private Uni<Operations> ofKey(String text, @Nullable String cursor, int limit) {
    IdempotencyKey key = IdempotencyKey.parse("idempotencyKey", text);
    if (cursor != null) {
      throw invalid("cursor", "does not go with idempotencyKey");
    }
    Caller caller = request.caller();
    return (caller.has(Roles.AUDITOR) ? keys.operations(key, limit) : keys.operation(key, caller))
        .onItem()
        .transformToMulti(ids -> Multi.createFrom().iterable(ids))
        .onItem()
        .transformToUniAndConcatenate(audit::operation)
        .collect()
        .asList()
        .map(found -> found.stream().flatMap(Optional::stream).toList())
        .map(found -> new Operations(visible(found, caller), null));
  }

  private static List<Operation> visible(List<Operation> operations, Caller caller) {
    return operations.stream().filter(o -> caller.maySeeDoingsOf(o.caller())).toList();
  }

  private static FacadeException invalid(String field, String rule) {
    return FacadeException.field(ErrorCode.INVALID_PARAMETER, field, rule);
  }

  /** Reads one operation: the caller's own, or as an auditor anybody's. */
  @GET
  @Path("/{operationId}")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "getOperation",
      summary = "Read an operation")
  @RolesAllowed({Roles.READER, Roles.AUDITOR})
  public Uni<Operation> get(@RestPath String operationId) {
    return seen(operationId);
  }

  /**
   * Puts back what an operation changed: the caller's own, or as an admin anybody's. That is a
   * change as any other, with an operation of its own.
   */
  @POST
  @Path("/{operationId}/revert")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "revertOperation",
      summary = "Put back what an operation changed",
      description =
          "Only while the target is as the operation left it. Deletions, cascades, assignments of a"
              + " key that had no plan, and whatever NCP has no way to put back are not revertible."
              + " A create is reverted by deleting the plan, if it is on no stage. An operation of"
              + " another caller needs the role admin.")
  @APIResponseSchema(
      value = Operation.class,
      responseCode = "201",
      responseDescription = "The operation that put it back")
  @RolesAllowed(Roles.EDITOR)
  public Uni<RestResponse<?>> revert(
      @RestPath String operationId, @RestQuery @Nullable String dryRun) {
    boolean dry = Flags.of("dryRun", dryRun);
    Origin origin = Origin.of(request);
    return seen(operationId)
        .map(this::reversal)
        .chain(
            wish ->
                dry
                    ? changes.preview(wish, Options.NONE, origin).map(RestResponse::ok)
                    : changes.apply(wish, Options.NONE, origin).chain(this::reverted));
  }

  private Reversal reversal(Operation operation) {
    if (!request.caller().mayUndoDoingsOf(operation.caller())) {
      throw new FacadeException(
          ErrorCode.FORBIDDEN, "Reverting another caller's operation needs the role admin.");
    }
    return Reversal.of(operation);
  }

  private Uni<RestResponse<?>> reverted(Done done) {
    ResponseBuilder<Operation> answer =
        ResponseBuilder.<Operation>create(RestResponse.Status.CREATED)
            .header("Location", "/v1/operations/" + done.operationId());
    done.headers().forEach(answer::header);
    return audit
        .operation(done.operationId())
        // What has happened has happened, whether or not it can be read just now.
        .onFailure()
        .recoverWithItem(Optional.empty())
        .map(found -> found.map(answer::entity).orElse(answer).build());
  }

  private Uni<Operation> seen(String operationId) {
    if (!ULID.matcher(operationId).matches()) {
      throw FacadeException.field(ErrorCode.INVALID_ID, "operationId", "must be a ULID");
    }
    Caller caller = request.caller();
    return audit
        .operation(operationId)
        .map(
            found ->
                // What others did is not told apart from what nobody did.
                found
                    .filter(operation -> caller.maySeeDoingsOf(operation.caller()))
                    .orElseThrow(
                        () ->
                            new FacadeException(
                                ErrorCode.OPERATION_NOT_FOUND,
                                "No operation " + operationId + " is recorded.")));
  }
}
