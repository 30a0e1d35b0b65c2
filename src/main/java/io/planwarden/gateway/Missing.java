package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;

/** That NCP does not know what a caller named. */
public final class Missing {
  private Missing() {}

  /** A usage plan. */
  public static FacadeException plan(String usagePlanId) {
    return new FacadeException(
        ErrorCode.USAGE_PLAN_NOT_FOUND, "NCP knows no usage plan " + usagePlanId + ".");
  }

  /** A stage, however it was named. */
  public static FacadeException stage(String reference) {
    return new FacadeException(ErrorCode.STAGE_NOT_FOUND, "NCP knows no stage " + reference + ".");
  }

  /** An API key on a stage. */
  public static FacadeException key(String apiKeyId, StageRef stage) {
    return new FacadeException(
        ErrorCode.API_KEY_NOT_FOUND,
        "NCP knows no API key " + apiKeyId + " on stage " + stage + ".");
  }
}
