package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One API key on one stage, with its plan and its use ({@code apigateway-product-subscription}).
 *
 * @param usagePlanId null while the stage's default limits hold for the key
 * @param dayCallCount calls counted today
 * @param monthCallCount calls counted this month
 */
public record Subscription(
    @Nullable String apiId,
    @Nullable String apiName,
    @Nullable String stageId,
    @Nullable String stageName,
    @Nullable String apiKeyId,
    @Nullable String apiKeyName,
    @Nullable String usagePlanId,
    @Nullable String usagePlanName,
    @Nullable Long dayCallCount,
    @Nullable Long monthCallCount,
    @Nullable String regTime,
    @Nullable String modTime,
    @Nullable String domainCode) {
  /**
   * The row of the one stage that was asked for. NCP need not name the stage; fails with {@code
   * upstream-unreadable} if there are several such rows, for nobody can tell which of them it is.
   */
  public static Optional<Subscription> onStage(String stage, List<Subscription> rows) {
    Optional<Subscription> named =
        rows.stream().filter(row -> stage.equals(row.stageId)).findFirst();
    if (named.isPresent()) {
      return named;
    }
    List<Subscription> unnamed =
        rows.stream().filter(row -> row.stageId == null).distinct().toList();
    if (unnamed.size() > 1) {
      throw new FacadeException(
          ErrorCode.UPSTREAM_UNREADABLE,
          "NCP shows the API key on %d stages and does not say which of them is stage %s."
              .formatted(unnamed.size(), stage));
    }
    return unnamed.stream().findFirst();
  }
}
