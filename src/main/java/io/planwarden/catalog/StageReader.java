package io.planwarden.catalog;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Stage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads all stages of all products: NCP has no operation that lists them. */
final class StageReader {
  private static final int PRODUCTS_AT_ONCE = 4;

  // Of its own, because the products answer in any order, and pages are cut from the list.
  private static final Comparator<CatalogStage> ORDER =
      Comparator.comparing(CatalogStage::productId)
          .thenComparing(CatalogStage::apiId)
          .thenComparing(CatalogStage::stageId);

  private final GatewayReads reads;

  StageReader(GatewayReads reads) {
    this.reads = reads;
  }

  Uni<List<CatalogStage>> readAll(Call call) {
    return Pages.all(paging -> reads.read(new Query.Products(paging), call))
        .chain(
            products ->
                Multi.createFrom()
                    .iterable(products.stream().filter(p -> p.productId() != null).toList())
                    .onItem()
                    .transformToUni(product -> stages(product, call))
                    .merge(PRODUCTS_AT_ONCE)
                    .collect()
                    .asList())
        .map(lists -> lists.stream().flatMap(List::stream).sorted(ORDER).toList());
  }

  private Uni<List<CatalogStage>> stages(Product product, Call call) {
    String productId = Objects.requireNonNull(product.productId());
    return Pages.all(paging -> reads.read(new Query.Apis(productId, paging), call))
        .map(apis -> apis.stream().flatMap(api -> stages(product, api)).toList());
  }

  private static Stream<CatalogStage> stages(Product product, Api api) {
    List<Stage> stages = api.stages();
    if (api.apiId() == null || stages == null) {
      return Stream.empty();
    }
    return stages.stream()
        .filter(stage -> stage.stageId() != null)
        .map(
            stage ->
                new CatalogStage(
                    Objects.requireNonNull(product.productId()),
                    product.productName(),
                    Objects.requireNonNull(api.apiId()),
                    api.apiName(),
                    Objects.requireNonNull(stage.stageId()),
                    stage.stageName()));
  }
}
