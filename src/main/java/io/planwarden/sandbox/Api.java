package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** An API of a product, with its stages. */
record Api(String apiId, String apiName, String apiDescription, List<Stage> stages) {

  Stage stage(String stageId) {
    return stages.stream()
        .filter(stage -> stage.stageId().equals(stageId))
        .findFirst()
        .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_STAGE));
  }

  JsonObject toJson(String productId) {
    return Wire.object(
        "apiId",
        apiId,
        "apiName",
        apiName,
        "apiDescription",
        apiDescription,
        "productId",
        productId,
        "tenantId",
        Seed.TENANT_ID,
        "domainCode",
        Seed.DOMAIN_CODE,
        "modTime",
        Seed.TIME.toString());
  }
}
