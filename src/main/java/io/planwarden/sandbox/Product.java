package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** A product with its APIs; all of them are published and deployed. */
record Product(
    String productId,
    String productName,
    String productDescription,
    String subscriptionCode,
    List<Api> apis) {

  Stream<Place> places() {
    return apis.stream()
        .flatMap(api -> api.stages().stream().map(stage -> new Place(this, api, stage)));
  }

  Api api(String apiId) {
    return apis.stream()
        .filter(api -> api.apiId().equals(apiId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_API));
  }

  JsonObject toJson() {
    return Wire.object(
        "productId",
        productId,
        "productName",
        productName,
        "productDescription",
        productDescription,
        "subscriptionCode",
        subscriptionCode,
        "isPublished",
        true,
        "hasDeployedStage",
        true,
        "isDeleted",
        false,
        "invokeId",
        productId,
        "tenantId",
        Seed.TENANT_ID,
        "domainCode",
        Seed.DOMAIN_CODE,
        "modTime",
        Seed.TIME.toString());
  }
}
