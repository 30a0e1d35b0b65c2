package io.planwarden.catalog;

import io.planwarden.gateway.StageRef;
import org.jspecify.annotations.Nullable;

/** A stage with where it belongs. */
public record CatalogStage(
    String productId,
    @Nullable String productName,
    String apiId,
    @Nullable String apiName,
    String stageId,
    @Nullable String stageName) {
  StageRef ref() {
    return new StageRef(productId, apiId, stageId);
  }
}
