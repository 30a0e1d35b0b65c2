package io.planwarden.catalog;

import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;
import io.planwarden.request.Listing;
import io.planwarden.request.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where stages belong. */
@Path("/v1/stages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalog")
@RolesAllowed(Roles.READER)
public class StageLookUpResource {
  private final Catalog catalog;
  private final CurrentRequest request;

  StageLookUpResource(Catalog catalog, CurrentRequest request) {
    this.catalog = catalog;
    this.request = request;
  }

  /** Lists all stages, or those of one name. */
  @GET
  @Operation(operationId = "listStages", summary = "List stages, of one name or all")
  public Uni<Listing<CatalogStage>> stages(
      @RestQuery @Nullable String name,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    ListWindow window = ListWindow.of(offset, limit);
    return catalog
        .stages(Calls.of(request))
        .map(all -> all.stream().filter(s -> name == null || name.equals(s.stageName())).toList())
        .map(window::of);
  }

  /** Tells where a stage belongs. */
  @GET
  @Path("/{stage}")
  @Operation(operationId = "getStage", summary = "Tell which product and API a stage belongs to")
  public Uni<CatalogStage> stage(@RestPath String stage, @RestQuery @Nullable String productId) {
    return catalog.stage(stage, productId, Calls.of(request));
  }
}
