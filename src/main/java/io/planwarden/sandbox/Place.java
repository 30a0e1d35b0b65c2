package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;

/** A stage together with the API and the product it belongs to. */
record Place(Product product, Api api, Stage stage) {

  String stageId() {
    return stage.stageId();
  }

  /** The triple of {@code apigateway-usageplan-getstage}. */
  JsonObject toJson() {
    return Wire.object(
        "productId",
        product.productId(),
        "productName",
        product.productName(),
        "apiId",
        api.apiId(),
        "apiName",
        api.apiName(),
        "stageId",
        stage.stageId(),
        "stageName",
        stage.stageName());
  }

  /** The ids of the triple, for the ledger. */
  JsonObject ids() {
    return Wire.object(
        "productId", product.productId(), "apiId", api.apiId(), "stageId", stage.stageId());
  }

  /** The {@code Stage} of {@code apigateway-stage-getstage}, as far as it is simulated. */
  JsonObject toStage(Limits defaults) {
    return Wire.object(
        "stageId",
        stage.stageId(),
        "stageName",
        stage.stageName(),
        "apiId",
        api.apiId(),
        "tenantId",
        Seed.TENANT_ID,
        "regTime",
        Seed.TIME.toString(),
        "endpointDomain",
        "https://%s.example.com".formatted(api.apiName()),
        "rateRps",
        defaults.rateRps(),
        "dayQuotaRequest",
        defaults.dayQuotaRequest(),
        "monthQuotaRequest",
        defaults.monthQuotaRequest(),
        "isMaintenance",
        false,
        "deployedStageDeploymentNo",
        1);
  }
}
