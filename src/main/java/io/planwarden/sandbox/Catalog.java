package io.planwarden.sandbox;

import java.util.List;
import java.util.stream.Stream;

/** What no simulated operation changes: products with their APIs and stages, and subscriptions. */
record Catalog(List<Product> products, List<Subscription> subscriptions) {

  Product product(String productId) {
    return products.stream()
        .filter(product -> product.productId().equals(productId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_PRODUCT));
  }

  Stream<Place> places() {
    return products.stream().flatMap(Product::places);
  }

  Place place(String productId, String apiId, String stageId) {
    Product product = product(productId);
    Api api = product.api(apiId);
    return new Place(product, api, api.stage(stageId));
  }

  /** The place of a stage known by its id alone. */
  Place place(String stageId) {
    return places()
        .filter(place -> place.stageId().equals(stageId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_STAGE));
  }

  List<Subscription> subscriptionsTo(Product product) {
    return subscriptions.stream()
        .filter(subscription -> subscription.productId().equals(product.productId()))
        .toList();
  }

  Subscription subscription(Product product, String apiKeyId) {
    return subscriptionsTo(product).stream()
        .filter(subscription -> subscription.key().apiKeyId().equals(apiKeyId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_KEY));
  }
}
