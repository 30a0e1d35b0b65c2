package io.planwarden.gateway;

/** A stage with the product and API that it belongs to, as NCP's stage paths need them. */
public record StageRef(String productId, String apiId, String stageId) {
  /** The long form of a stage reference: {@code productId:apiId:stageId}. */
  @Override
  public String toString() {
    return productId + ":" + apiId + ":" + stageId;
  }
}
