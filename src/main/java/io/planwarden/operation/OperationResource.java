package io.planwarden.operation;

import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.Operation;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

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
