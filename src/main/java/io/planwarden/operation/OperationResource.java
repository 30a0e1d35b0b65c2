package io.planwarden.operation;

import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.Operation;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
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

  OperationResource(AuditQuery audit) {
    this.audit = audit;
  }

  /** Reads one operation. */
  @GET
  @Path("/{operationId}")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "getOperation",
      summary = "Read an operation")
  public Uni<Operation> get(@RestPath String operationId) {
    if (!ULID.matcher(operationId).matches()) {
      throw FacadeException.field(ErrorCode.INVALID_ID, "operationId", "must be a ULID");
    }
    return audit
        .operation(operationId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new FacadeException(
                            ErrorCode.OPERATION_NOT_FOUND,
                            "No operation " + operationId + " is recorded.")));
  }
}
