package io.planwarden.operation;

import io.planwarden.audit.AuditArchive;
import io.planwarden.audit.AuditFilter;
import io.planwarden.audit.AuditQuery;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.ChainNote;
import io.planwarden.audit.ChainReads;
import io.planwarden.audit.Verification;
import io.planwarden.request.Bodies;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.Cursor;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
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

  /**
   * What was archived.
   *
   * @param through the last row that is removed, as {@code seq:hash}
   * @param operationId the operation whose row says so, null if an earlier one did
   * @param removed how many rows
   */
  public record Removal(String through, @Nullable String operationId, long removed) {}

  private final AuditQuery audit;
  private final ChainReads chain;
  private final AuditArchive archive;
  private final CurrentRequest request;

  AuditResource(AuditQuery audit, ChainReads chain, AuditArchive archive, CurrentRequest request) {
    this.audit = audit;
    this.chain = chain;
    this.archive = archive;
    this.request = request;
  }

  /** Lists the rows of the audit. */
  @GET
  @Operation(operationId = "listAudit", summary = "Read the audit, newest first")
  public Uni<Rows> list(
      @BeanParam AuditParameters parameters,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    AuditFilter filter = parameters.filter();
    return audit
        .list(filter, Cursor.before(cursor), ListWindow.of(null, limit).limit())
        .map(page -> new Rows(page.items(), Cursor.of(page.next())));
  }

  /** Checks the chain. */
  @GET
  @Path("/verify")
  @Operation(operationId = "verifyAudit", summary = "Check that the audit is as it was written")
  public Uni<Verification> verify(@RestQuery @Nullable String anchor) {
    return chain.verify(AuditParameters.anchor(anchor));
  }

  /** Exports the rows of the audit. */
  @GET
  @Path("/export")
  @Produces("application/jsonl")
  @Operation(operationId = "exportAudit", summary = "Read the audit as lines of JSON, oldest first")
  public Multi<String> export(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
    Multi<String> lines =
        chain.export(AuditParameters.time("from", from), AuditParameters.time("to", to));
    // The next page is read when this one is on its way.
    return RestMulti.fromMultiData(lines).encodeAsJsonArray(false).withDemand(1).build();
  }

  /** Removes rows that are in an archive. */
  @POST
  @RolesAllowed(Roles.ADMIN)
  @Path("/archive")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "archiveAudit", summary = "Remove rows that are in an archive")
  public Uni<Removal> archive(@Nullable ArchiveBody body) {
    ChainNote.By by = new ChainNote.By(request.caller(), request.id(), request.reason());
    return archive
        .remove(Bodies.required(body).anchor(), by)
        .map(
            done ->
                new Removal(
                    done.through().toString(),
                    done.cut() == null ? null : done.cut().operationId(),
                    done.removed()));
  }
}
