package io.planwarden.operation;

import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.Operation;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Changes on their way and at their end. */
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationResource {
  private static final Pattern ULID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

  private final AuditQuery audit;
  private final CurrentRequest request;

  OperationResource(AuditQuery audit, CurrentRequest request) {
    this.audit = audit;
    this.request = request;
  }

  /**
   * Operations from the newest to the oldest.
   *
   * @param next what to send as {@code cursor} for the operations that follow, null at the end
   */
  public record Operations(List<Operation> items, @Nullable String next) {}

  /** Finds the operations that a request began: the caller's own, or as an auditor anybody's. */
  @GET
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "findOperations",
      summary = "Find operations, newest first")
  @RolesAllowed({Roles.READER, Roles.AUDITOR})
  public Uni<Operations> find(
      @RestQuery @Nullable String requestId,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    String wanted = AuditParameters.requestId(requestId);
    if (wanted == null) {
      throw FacadeException.field(ErrorCode.INVALID_PARAMETER, "requestId", "is required");
    }
    Caller caller = request.caller();
    return audit
        .operations(wanted, Cursor.before(cursor), ListWindow.of(null, limit).limit())
        .map(
            page ->
                new Operations(
                    page.items().stream()
                        .filter(operation -> caller.maySeeDoingsOf(operation.caller()))
                        .toList(),
                    Cursor.of(page.next())));
  }

  /** Reads one operation: the caller's own, or as an auditor anybody's. */
  @GET
  @Path("/{operationId}")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "getOperation",
      summary = "Read an operation")
  @RolesAllowed({Roles.READER, Roles.AUDITOR})
  public Uni<Operation> get(@RestPath String operationId) {
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
