package io.planwarden.catalog;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads all stages of all products: NCP has no operation that lists them. */
final class StageReader {
  private static final int PRODUCTS_AT_ONCE = 4;

  // Of its own, because the products answer in any order, and pages are cut from the list.
  private static final Comparator<CatalogStage> ORDER =
      Comparator.comparing(CatalogStage::productId)
          .thenComparing(CatalogStage::apiId)
          .thenComparing(CatalogStage::stageId);

  private static final Logger LOG = Logger.getLogger(StageReader.class);
  private static final Pattern UNPRINTABLE = Pattern.compile("[^!-~]");
  private static final int MOST_SHOWN = 40;
  private static final int MOST_NAMED = 100;

  private final GatewayReads reads;
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

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
            products ->
                stages(
                    products.stream().filter(p -> isAskable("product", p.productId())).toList(),
                    call))
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

  private Stream<CatalogStage> stages(Product product, Api api) {
    List<Stage> stages = api.stages();
    if (!isAskable("API", api.apiId()) || stages == null) {
      return Stream.empty();
    }
    return stages.stream()
        // A list within an item may have nulls in it.
        .filter(stage -> isAskable("stage", stage == null ? null : stage.stageId()))
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

  /**
   * Whether NCP can be asked about what has this id. What has another is left out, and named in the
   * log once: no reference could mean it, and the rest is still needed.
   */
  private boolean isAskable(String what, @Nullable String id) {
    boolean valid = Ids.isValid(id);
    if (!valid && leftOut.size() < MOST_NAMED) {
      String named = what + " id=" + shown(id);
      if (leftOut.add(named)) {
        LOG.warnf("%s is left out of the stages: an id %s", named, Ids.RULE);
      }
    }
    return valid;
  }

  private static String shown(@Nullable String id) {
    return id == null
        ? "none"
        : UNPRINTABLE.matcher(id.substring(0, Math.min(MOST_SHOWN, id.length()))).replaceAll("?");
  }
}
