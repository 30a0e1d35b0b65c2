package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The products that a call may touch, and so the whole of what confinement means: a stage, an API
 * or a key is within reach if its product is; a plan if the products of all its stages are. A plan
 * on no stage is within everybody's reach, or nobody who is confined could make one and attach it.
 *
 * @param productIds null if every product is within reach
 */
public record Reach(@Nullable Set<String> productIds) {
  /** Everything: for callers who are not confined, and for Planwarden's own purposes. */
  public static final Reach ALL = new Reach(null);

  public Reach {
    productIds = productIds == null ? null : Set.copyOf(productIds);
  }

  /** Whether nothing is out of reach. */
  public boolean isAll() {
    return productIds == null;
  }

  /** Whether the product is within reach; one that NCP does not name is not. */
  public boolean covers(@Nullable String productId) {
    return productIds == null || (productId != null && productIds.contains(productId));
  }

  /** Whether a plan is within reach that is attached to these stages, and no others. */
  public boolean coversPlanOn(Collection<PlanStage> stages) {
    return stages.stream().allMatch(stage -> covers(stage.productId()));
  }

  /**
   * Refuses a product out of reach.
   *
   * @throws FacadeException {@code product-forbidden}
   */
  public void require(@Nullable String productId) {
    if (!covers(productId)) {
      throw new FacadeException(
          ErrorCode.PRODUCT_FORBIDDEN, "This belongs to a product that the caller may not touch.");
    }
  }

  /**
   * Refuses a plan out of reach.
   *
   * @param stages all stages that it is attached to
   * @throws FacadeException {@code product-forbidden}
   */
  public void requirePlanOn(Collection<PlanStage> stages) {
    if (!coversPlanOn(stages)) {
      throw new FacadeException(
          ErrorCode.PRODUCT_FORBIDDEN,
          "The plan is attached to a stage of a product that the caller may not touch.");
    }
  }
}
