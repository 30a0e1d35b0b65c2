package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.DefaultCondition;
import java.util.Set;

/** Reads the rate and quota members of request bodies, each operation in its documented range. */
final class LimitMembers {

  private static final String RATE = "rateRps";
  private static final String DAY = "dayQuotaRequest";
  private static final String MONTH = "monthQuotaRequest";
  private static final String CONDITION = "quotaCondition";
  private static final Set<String> CONDITIONS = Set.of("2xx", "3xx", "4xx", "5xx", "others");

  /** 2^53 - 1, the largest quota of an edit; a create is documented up to 2^63 - 1. */
  private static final long EDIT_MAX = (1L << 53) - 1;

  private LimitMembers() {}

  /** The limits of a new plan, {@code apigateway-usageplan-createusageplan}. */
  static Limits created(Body body, Switches switches) {
    Limits given = read(body, 1, Long.MAX_VALUE);
    boolean fill =
        given.quotaCondition() == null
            && switches.is(Switch.DEFAULT_CONDITION, DefaultCondition.SUCCESS);
    return fill ? given.withCondition("2xx") : given;
  }

  /** What an edit leaves of earlier limits, {@code apigateway-usageplan-putusageplan}. */
  static Limits replaced(Body body, Switches switches, Limits before) {
    Limits given = read(body, 0, EDIT_MAX);
    Replacement replacement = new Replacement(body, switches);
    return paired(
        new Limits(
            replacement.of(RATE, given.rateRps(), before.rateRps()),
            replacement.of(DAY, given.dayQuotaRequest(), before.dayQuotaRequest()),
            replacement.of(MONTH, given.monthQuotaRequest(), before.monthQuotaRequest()),
            replacement.of(CONDITION, given.quotaCondition(), before.quotaCondition())));
  }

  private static Limits read(Body body, long minDay, long maxQuota) {
    return paired(
        new Limits(
            body.number(RATE, 1, Integer.MAX_VALUE),
            body.number(DAY, minDay, maxQuota),
            body.number(MONTH, 0, maxQuota),
            body.choice(CONDITION, CONDITIONS)));
  }

  private static Limits paired(Limits limits) {
    if ((limits.dayQuotaRequest() == null) != (limits.monthQuotaRequest() == null)) {
      throw Refusal.invalid(DAY + " and " + MONTH + " are required together");
    }
    return limits;
  }
}
