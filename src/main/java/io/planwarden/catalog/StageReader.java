package io.planwarden.catalog;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Stage;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  /**
   * A product that was deleted meanwhile has no stages, nor has one that our key pair may not look
   * into. It fails if that may look into none at all.
   */
  Uni<List<CatalogStage>> readAll(Call call) {
    return Pages.all(paging -> reads.read(new Query.Products(paging), call))
        .chain(
            products -> stages(products.stream().filter(p -> p.productId() != null).toList(), call))
        .map(StageReader::once);
  }

  /** NCP may list a product or an API twice, and with it its stages. */
  private static List<CatalogStage> once(List<List<CatalogStage>> lists) {
    Set<CatalogStage> stages = new TreeSet<>(ORDER);
    lists.forEach(stages::addAll);
    return List.copyOf(stages);
  }

  private Uni<List<List<CatalogStage>>> stages(List<Product> products, Call call) {
    Queue<UpstreamFailure> denied = new ConcurrentLinkedQueue<>();
    return Multi.createFrom()
        .iterable(products)
        .onItem()
        .transformToUni(product -> stages(product, call, denied))
        .merge(PRODUCTS_AT_ONCE)
        .collect()
        .asList()
        .invoke(
            lists -> {
              UpstreamFailure first = denied.peek();
              if (first != null && denied.size() == lists.size()) {
                throw first;
              }
            });
  }

  private Uni<List<CatalogStage>> stages(
      Product product, Call call, Queue<UpstreamFailure> denied) {
    String productId = Objects.requireNonNull(product.productId());
    return Pages.all(paging -> reads.read(new Query.Apis(productId, paging), call))
        .map(apis -> apis.stream().flatMap(api -> stages(product, api)).toList())
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(List.of())
        .onFailure(UpstreamFailure::isDenied)
        .recoverWithItem(
            failure -> {
              denied.add((UpstreamFailure) failure);
              return List.of();
            });
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
