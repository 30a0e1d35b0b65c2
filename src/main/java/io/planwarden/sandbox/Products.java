package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The look-ups of products and APIs, {@code apigateway-product-*} and {@code apigateway-api-*}. */
final class Products {

  private static final String PRODUCT = "/products/{product-id}";
  private static final String NOT_ON_PLAN = "hasStageNotAssociatedWithUsagePlanId";

  private Products() {}

  static List<Operation> operations() {
    return List.of(
        Operation.read("GET", "/products", Products::list),
        Operation.read("GET", PRODUCT, Products::get),
        Operation.read("GET", PRODUCT + "/apis", Products::listApis),
        Operation.read("GET", PRODUCT + "/apis/{api-id}", Products::getApi));
  }

  private static Outcome list(Call call) {
    Query query = call.query();
    NameMatch name = call.nameMatch(query.text("productName"));
    String subscriptionCode = query.text("subscriptionCode");
    // Every simulated product is published and deployed.
    boolean none =
        Boolean.FALSE.equals(query.flag("isPublished"))
            || Boolean.FALSE.equals(query.flag("hasDeployedStage"));
    List<Product> all = call.catalog().products();
    List<Product> matches =
        all.stream()
            .filter(product -> !none)
            .filter(product -> name.matches(product.productName()))
            .filter(
                product ->
                    subscriptionCode == null || subscriptionCode.equals(product.subscriptionCode()))
            .filter(product -> hasStageOff(call, product.places().map(Place::stage)))
            .toList();
    List<Product> page = Paging.of(query, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "initialCount",
            all.size(),
            "productPage",
            Wire.object("total", matches.size(), "content", Wire.array(page, Product::toJson))));
  }

  private static Outcome get(Call call) {
    return call.answer(Wire.object("product", call.product().toJson()));
  }

  private static Outcome listApis(Call call) {
    Query query = call.query();
    Product product = call.product();
    NameMatch name = call.nameMatch(query.text("apiName"));
    boolean withStage = Boolean.TRUE.equals(query.flag("withStage"));
    Boolean hasStage = query.flag("hasStage");
    List<Api> matches =
        product.apis().stream()
            .filter(api -> name.matches(api.apiName()))
            .filter(api -> hasStage == null || hasStage != api.stages().isEmpty())
            .filter(api -> hasStageOff(call, api.stages().stream()))
            .toList();
    List<Api> page = Paging.of(query, call.switches()).page(matches);
    return call.answer(
        Wire.object(
            "apis",
            Wire.array(page, api -> json(product, api, withStage)),
            "total",
            matches.size()));
  }

  private static Outcome getApi(Call call) {
    Product product = call.product();
    return call.answer(Wire.object("api", json(product, product.api(call.id("api-id")), false)));
  }

  private static JsonObject json(Product product, Api api, boolean withStage) {
    JsonObject json = api.toJson(product.productId());
    return withStage ? json.put("stages", Wire.array(api.stages(), Stage::toJson)) : json;
  }

  /** NCP's filter for things that still have a stage without the plan; true if not asked for. */
  private static boolean hasStageOff(Call call, Stream<Stage> stages) {
    @Nullable String usagePlanId = call.query().text(NOT_ON_PLAN);
    return usagePlanId == null
        || stages.anyMatch(stage -> !call.state().isAttached(stage.stageId(), usagePlanId));
  }
}
