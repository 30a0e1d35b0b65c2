package io.planwarden.gateway;

import io.planwarden.problem.FacadeException;
import java.util.Optional;

/** A stage with the product and API that it belongs to, as NCP's stage paths need them. */
public record StageRef(String productId, String apiId, String stageId) {
  /**
   * Reads the long form of a stage reference, {@code productId:apiId:stageId}; empty if the text is
   * the short form, a stage id alone.
   *
   * @throws FacadeException {@code invalid-id}
   */
  public static Optional<StageRef> parse(String reference) {
    String[] ids = reference.split(":", -1);
    if (ids.length == 3) {
      return Optional.of(
          new StageRef(
              Ids.check("productId", ids[0]),
              Ids.check("apiId", ids[1]),
              Ids.check("stageId", ids[2])));
    }
    Ids.check("stage", reference);
    return Optional.empty();
  }

  /** The long form. */
  @Override
  public String toString() {
    return productId + ":" + apiId + ":" + stageId;
  }
}
