package io.planwarden.bench;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Products, APIs and stages.
 *
 * @param stages how many there are, a multiple of {@link #EACH}
 */
record StubCatalog(int stages) {
  static final String PRODUCTS = "/api/v1/products";

  private static final int APIS = 100;
  private static final int STAGES = 10;
  private static final int EACH = APIS * STAGES;

  /** A page of the products, or of the APIs of one, with their stages. */
  String answer(HttpServerRequest request) {
    int offset = Integer.parseInt(request.getParam("offset", "0"));
    int limit = Integer.parseInt(request.getParam("limit", "20"));
    if (request.path().equals(PRODUCTS)) {
      int total = stages / EACH;
      JsonArray products = new JsonArray();
      for (int i = offset; i < Math.min(total, offset + limit); i++) {
        products.add(new JsonObject().put("productId", "d" + i).put("productName", "Product " + i));
      }
      return new JsonObject()
          .put("productPage", new JsonObject().put("total", total).put("content", products))
          .encode();
    }
    String product = request.path().split("/")[4];
    JsonArray apis = new JsonArray();
    for (int i = offset; i < Math.min(APIS, offset + limit); i++) {
      apis.add(api(product, i));
    }
    return new JsonObject().put("total", APIS).put("apis", apis).encode();
  }

  private static JsonObject api(String product, int number) {
    JsonArray held = new JsonArray();
    for (int i = 0; i < STAGES; i++) {
      held.add(
          new JsonObject()
              .put("stageId", product + "a" + number + "s" + i)
              .put("stageName", "v" + i));
    }
    return new JsonObject()
        .put("apiId", product + "a" + number)
        .put("apiName", "Api " + number)
        .put("stages", held);
  }
}
