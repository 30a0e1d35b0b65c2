package io.planwarden.catalog;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Stage;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Products, their APIs, their stages and their API keys. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalog")
@RolesAllowed(Roles.READER)
public class ProductResource {
  private final GatewayReads reads;
  private final CurrentRequest request;

  ProductResource(GatewayReads reads, CurrentRequest request) {
    this.reads = reads;
    this.request = request;
  }

  /** Lists products. */
  @GET
  @Operation(operationId = "listProducts", summary = "List products")
  public Uni<Listing<Product>> products(
      @RestQuery @Nullable String offset, @RestQuery @Nullable String limit) {
    return list(ListWindow.of(offset, limit), Query.Products::new);
  }

  /** Lists the APIs of a product, with their stages. */
  @GET
  @Path("/{productId}/apis")
  @Operation(operationId = "listApis", summary = "List the APIs of a product")
  public Uni<Listing<Api>> apis(
      @RestPath String productId,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    String id = Ids.check("productId", productId);
    return list(ListWindow.of(offset, limit), paging -> new Query.Apis(id, paging))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> noProduct(id));
  }

  /** Lists the stages of an API. */
  @GET
  @Path("/{productId}/apis/{apiId}/stages")
  @Operation(operationId = "listStagesOfApi", summary = "List the stages of an API")
  public Uni<Listing<Stage>> stagesOfApi(
      @RestPath String productId,
      @RestPath String apiId,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    Query.StagesOfApi query =
        new Query.StagesOfApi(Ids.check("productId", productId), Ids.check("apiId", apiId));
    ListWindow window = ListWindow.of(offset, limit);
    return reads
        .read(query, Calls.of(request))
        .map(window::of)
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> noProduct(productId + ":" + apiId));
  }

  /** Lists the API keys of a product; their values are not among what is read. */
  @GET
  @Path("/{productId}/api-keys")
  @Operation(operationId = "listApiKeys", summary = "List the API keys of a product")
  public Uni<Listing<ApiKey>> apiKeys(
      @RestPath String productId,
      @RestQuery @Nullable String offset,
      @RestQuery @Nullable String limit) {
    String id = Ids.check("productId", productId);
    return list(ListWindow.of(offset, limit), paging -> new Query.ApiKeys(id, paging))
        .onFailure(UpstreamFailure::isMissing)
        .transform(e -> noProduct(id));
  }

  private <T> Uni<Listing<T>> list(ListWindow window, Function<Paging, Query<Page<T>>> query) {
    return Pages.window(
            Calls.paging(window), paging -> reads.read(query.apply(paging), Calls.of(request)))
        .map(page -> window.listing(page.items(), page.total()));
  }

  private static FacadeException noProduct(String id) {
    return new FacadeException(
        ErrorCode.PRODUCT_NOT_FOUND, "NCP knows no product or API " + id + ".");
  }
}
