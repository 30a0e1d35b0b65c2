package io.planwarden.usageplan;

import io.planwarden.gateway.Limits;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may set: the strictest of what NCP's pages say ({@code
 * apigateway-usageplan-createusageplan}, {@code -putusageplan}, {@code
 * apigateway-stage-putdefaultusageplan}).
 */
public final class Rules {
  /** How many characters a plan's name has at most. */
  public static final int NAME_MAX = 45;

  /** How many characters a plan's description has at most. */
  static final int DESCRIPTION_MAX = 50;

  /** The largest rate, as annotations take it. */
  static final String RATE_MAX = "" + Integer.MAX_VALUE;

  // 2^53 - 1: the smaller of the two maxima that NCP's pages give, and exact in every JSON reader.
  private static final long LARGEST_QUOTA = 9_007_199_254_740_991L;

  /** The largest quota, likewise. */
  static final String QUOTA_MAX = "" + LARGEST_QUOTA;

  private static final String CONDITION_WORDS = "2xx|3xx|4xx|5xx|others";

  /** What counts toward the quotas, as annotations take it; an enumeration has no room for null. */
  static final String CONDITION = "^(" + CONDITION_WORDS + ")$";

  private static final Set<String> CONDITIONS = Set.of(CONDITION_WORDS.split("\\|"));

  private Rules() {}

  static String name(@Nullable String name) {
    if (name == null || name.isBlank() || length(name) > NAME_MAX) {
      throw invalid("usagePlanName", "must have 1 to " + NAME_MAX + " characters and not be blank");
    }
    return plain(ErrorCode.INVALID_FIELD, "usagePlanName", name);
  }

  /** A part of a name to search by; null is all names. */
  static @Nullable String nameFilter(@Nullable String name) {
    if (name == null) {
      return null;
    }
    if (length(name) > NAME_MAX) {
      throw FacadeException.field(
          ErrorCode.INVALID_PARAMETER,
          "usagePlanName",
          "must have at most " + NAME_MAX + " characters");
    }
    return plain(ErrorCode.INVALID_PARAMETER, "usagePlanName", name);
  }

  static void description(@Nullable String description) {
    if (description != null) {
      if (length(description) > DESCRIPTION_MAX) {
        throw invalid(
            "usagePlanDescription", "must have at most " + DESCRIPTION_MAX + " characters");
      }
      plain(ErrorCode.INVALID_FIELD, "usagePlanDescription", description);
    }
  }

  static Limits limits(Limits limits, boolean allowZeroQuota) {
    ranges(limits, allowZeroQuota);
    if ((limits.dayQuotaRequest() == null) != (limits.monthQuotaRequest() == null)) {
      String missing = limits.dayQuotaRequest() == null ? "dayQuotaRequest" : "monthQuotaRequest";
      throw FacadeException.field(
          ErrorCode.QUOTA_PAIR_REQUIRED, missing, "is required with the other quota");
    }
    return limits;
  }

  /** What holds for each limit by itself. */
  static void ranges(Limits limits, boolean allowZeroQuota) {
    Integer rate = limits.rateRps();
    if (rate != null && rate < 1) {
      throw invalid("rateRps", "must be from 1 to " + RATE_MAX);
    }
    quota("dayQuotaRequest", limits.dayQuotaRequest(), allowZeroQuota);
    quota("monthQuotaRequest", limits.monthQuotaRequest(), allowZeroQuota);
    String condition = limits.quotaCondition();
    if (condition != null && !CONDITIONS.contains(condition)) {
      throw invalid("quotaCondition", "must be 2xx, 3xx, 4xx, 5xx or others");
    }
  }

  static Limits atLeastOne(Limits limits) {
    if (limits.equals(new Limits(null, null, null, null))) {
      throw invalid("rateRps", "or another limit must be given");
    }
    return limits;
  }

  private static void quota(String field, @Nullable Long quota, boolean allowZero) {
    if (quota != null && quota == 0 && !allowZero) {
      throw FacadeException.field(ErrorCode.ZERO_QUOTA_AMBIGUOUS, field, "must be at least 1");
    }
    if (quota != null && (quota < 0 || quota > LARGEST_QUOTA)) {
      throw invalid(field, "must be from " + (allowZero ? 0 : 1) + " to " + QUOTA_MAX);
    }
  }

  /** Text that shows the same to everyone who reads it, in a terminal, a log or a console. */
  private static String plain(ErrorCode code, String field, String text) {
    if (text.codePoints().anyMatch(Rules::isDeceptive)) {
      throw FacadeException.field(
          code, field, "must not have control, bidirectional or unpaired surrogate characters");
    }
    return text;
  }

  private static boolean isDeceptive(int c) {
    return Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xFEFF;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static FacadeException invalid(String field, String rule) {
    return FacadeException.field(ErrorCode.INVALID_FIELD, field, rule);
  }
}
