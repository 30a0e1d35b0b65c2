package io.planwarden.usage;

import io.planwarden.gateway.PlanStage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whom a change of a plan concerns.
 *
 * @param products the products of the stages
 * @param stages the stages that the plan is attached to
 * @param keys the API keys that are on the plan
 * @param complete false if not all was read: there were too many calls to make, NCP did not answer
 *     in time, it does not let us see the keys of a product, or it names a product or a key by an
 *     id that it cannot be asked about
 */
@Schema(name = "Impact")
public record Impact(
    List<OfProduct> products, List<PlanStage> stages, List<OfKey> keys, boolean complete) {

  /** A product that has stages with the plan. */
  @Schema(name = "ImpactOnProduct")
  public record OfProduct(@Nullable String productId, @Nullable String productName) {}

  /**
   * An API key that is on the plan, on one stage.
   *
   * @param used calls of the running calendar day and month
   * @param exceeds the names of the quotas that this use exceeds already
   */
  @Schema(name = "ImpactOnKey")
  public record OfKey(
      String productId,
      @Nullable String stageId,
      @Nullable String stageName,
      String apiKeyId,
      @Nullable String apiKeyName,
      KeyUsage.Calls used,
      List<String> exceeds) {}
}
