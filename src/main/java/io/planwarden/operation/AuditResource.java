package io.planwarden.operation;

import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.AuditRow;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The audit. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
@RolesAllowed(Roles.AUDITOR)
public class AuditResource {
  /**
   * Rows from the newest to the oldest.
   *
   * @param next what to send as {@code cursor} for the rows that follow, null at the end
   */
  public record Rows(List<AuditRow> items, @Nullable String next) {}

  private static final int CURSOR_DIGITS = 18;

  private final AuditQuery audit;

  AuditResource(AuditQuery audit) {
    this.audit = audit;
  }

  /** Lists the rows of the audit. */
  @GET
  @Operation(operationId = "listAudit", summary = "Read the audit, newest first")
  public Uni<Rows> list(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit) {
    int count = ListWindow.of(null, limit).limit();
    return audit.newest(position(cursor), count + 1).map(rows -> page(rows, count));
  }

  private static Rows page(List<AuditRow> rows, int count) {
    if (rows.size() <= count) {
      return new Rows(rows, null);
    }
    List<AuditRow> items = rows.subList(0, count);
    return new Rows(items, String.valueOf(items.get(count - 1).seq()));
  }

  private static long position(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!cursor.matches("[0-9]{1," + CURSOR_DIGITS + "}")) {
      throw FacadeException.field(
          ErrorCode.INVALID_PARAMETER, "cursor", "must be the next of an earlier answer");
    }
    return Long.parseLong(cursor);
  }
}
