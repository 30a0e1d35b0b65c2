package io.planwarden.operation;

import io.planwarden.audit.Anchor;
import io.planwarden.audit.AuditFilter;
import io.planwarden.audit.ChainNote;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Term;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Ids;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.RequestId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The query parameters that choose rows of the audit, as they come. */
public final class AuditParameters {
  // Refused requests are on record by what was asked for, which need not be a change.
  private static final List<String> REQUESTS =
      List.of(
          "archiveAudit",
          "assignUsagePlan",
          "attachUsagePlan",
          "createUsagePlan",
          "deleteUsagePlan",
          "detachUsagePlan",
          "editUsagePlan",
          "exportAudit",
          "findOperations",
          "getDefaultLimits",
          "getOperation",
          "getStage",
          "getUsageOfUsagePlan",
          "getUsagePlan",
          "getUsagePlanOfKey",
          "listApiKeys",
          "listApis",
          "listAudit",
          "listProducts",
          "listStages",
          "listStagesOfApi",
          "listStagesOfUsagePlan",
          "listUsagePlans",
          "listUsagePlansOfStage",
          "patchUsagePlan",
          "revertOperation",
          "setDefaultLimits",
          "verifyAudit");

  /** The words that {@code action} takes. */
  public static final List<String> ACTIONS =
      Stream.of(
              Arrays.stream(Action.values()).map(Action::word),
              Stream.of(ChainNote.CUT, ChainNote.RESTORE),
              REQUESTS.stream())
          .flatMap(Function.identity())
          .toList();

  /** The words that {@code outcome} takes. */
  public static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::word).toList();

  /** How many characters {@code caller} takes. */
  public static final int LONGEST_CALLER = 256;

  @RestQuery public @Nullable String caller;
  @RestQuery public @Nullable String action;
  @RestQuery public @Nullable String usagePlanId;
  @RestQuery public @Nullable String stageId;
  @RestQuery public @Nullable String apiKeyId;
  @RestQuery public @Nullable String outcome;
  @RestQuery public @Nullable String requestId;
  @RestQuery public @Nullable String from;
  @RestQuery public @Nullable String to;

  /**
   * The rows that are chosen.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  AuditFilter filter() {
    return new AuditFilter(List.of(), time("from", from), time("to", to))
        .with(Term.CALLER, caller(caller))
        .with(Term.ACTION, oneOf("action", action, ACTIONS))
        .with(Term.PLAN, id("usagePlanId", usagePlanId))
        .with(Term.STAGE, id("stageId", stageId))
        .with(Term.KEY, id("apiKeyId", apiKeyId))
        .with(Term.OUTCOME, oneOf("outcome", outcome, OUTCOMES))
        .with(Term.REQUEST, requestId(requestId));
  }

  /** An instant, with any offset; null if none is given. */
  static @Nullable Instant time(String field, @Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw invalid(field, "must be a time such as 2026-01-01T00:00:00Z");
    }
  }

  static @Nullable String requestId(@Nullable String text) {
    if (text != null && !RequestId.isFit(text)) {
      throw invalid("requestId", "must be 1 to 128 of A-Z a-z 0-9 . _ : / + = -");
    }
    return text;
  }

  static @Nullable Anchor anchor(@Nullable String text) {
    return text == null
        ? null
        : Anchor.parse(text)
            .orElseThrow(() -> invalid("anchor", "must be seq:hash, as an earlier head"));
  }

  private static @Nullable String caller(@Nullable String text) {
    if (text != null && text.length() > LONGEST_CALLER) {
      throw invalid("caller", "must have at most " + LONGEST_CALLER + " characters");
    }
    return text;
  }

  private static @Nullable String id(String field, @Nullable String text) {
    if (text != null && !Ids.isValid(text)) {
      throw invalid(field, Ids.RULE);
    }
    return text;
  }

  private static @Nullable String oneOf(String field, @Nullable String text, List<String> words) {
    if (text != null && !words.contains(text)) {
      throw invalid(field, "must be one of " + String.join(", ", words));
    }
    return text;
  }

  private static FacadeException invalid(String field, String rule) {
    return FacadeException.field(ErrorCode.INVALID_PARAMETER, field, rule);
  }
}
