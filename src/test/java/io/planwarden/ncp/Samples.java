package io.planwarden.ncp;

import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UsagePlan;

/** Objects that the tests of this package share. */
final class Samples {
  static final StageRef STAGE = new StageRef("prod1ksk90", "api0151hs2", "stg1fh5o12");
  static final String STAGE_PATH = "/api/v1/products/prod1ksk90/apis/api0151hs2/stages/stg1fh5o12";
  static final Paging PAGE = new Paging(0, 50);
  static final Limits LIMITS = new Limits(2, 5L, 10L, "2xx");
  static final Limits NO_LIMITS = new Limits(null, null, null, null);
  static final PlanSettings NAME_ONLY = new PlanSettings("기본 plan", null, NO_LIMITS);
  static final PlanSettings SETTINGS = new PlanSettings("기본 plan", "묘사", LIMITS);
  static final UsagePlan PLAN =
      new UsagePlan(
          "plan1wthl9", "gold", "words", 2, 5L, 10L, "2xx", 1L, "PUB", "t", "me", false, "p", "a");

  static final String PLAN_JSON =
      """
      {"usagePlanId": "plan1wthl9", "usagePlanName": "gold", "usagePlanDescription": "words",
       "rateRps": 2, "dayQuotaRequest": "5", "monthQuotaRequest": 10, "quotaCondition": "2xx",
       "associatedStagesCount": 1, "domainCode": "PUB", "tenantId": "t", "modifier": "me",
       "disabled": false, "permission": "p", "actionName": "a", "unheardOf": {"x": [1]}}""";

  private Samples() {}
}
