package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.planwarden.request.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change on its way or at its end, folded from its rows.
 *
 * @param startedAt time of its first row
 * @param unread which of {@code before} and {@code after} were not read
 * @param changedOutside what somebody else changed before it
 * @param settledAt time of the row that settled it, null while it is pending
 * @param mayLandUntil how long an attempt without an answer may still take effect
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
    String operationId,
    @Nullable String parentOperationId,
    Status status,
    @Nullable Outcome outcome,
    String action,
    Map<String, Object> target,
    Caller caller,
    @Nullable String requestId,
    @Nullable String reason,
    @Nullable Map<String, Object> request,
    @Nullable Map<String, Object> before,
    @Nullable Map<String, Object> after,
    @Nullable List<String> changed,
    @Nullable List<String> unread,
    @Nullable List<String> changedOutside,
    @Nullable Upstream upstream,
    @Nullable String detail,
    @Nullable Instant startedAt,
    @Nullable Instant settledAt,
    @Nullable Instant mayLandUntil) {

  /** Whether the last word about a change is spoken. */
  public enum Status {
    PENDING,
    SETTLED;

    /** The word in answers. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Folds the rows of one operation, oldest first; empty if there are none. */
  static Optional<Operation> fold(List<AuditRow> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    AuditRow first = rows.get(0);
    AuditRow last = AuditRow.lastWord(rows);
    boolean settled = last.settles();
    return Optional.of(
        new Operation(
            first.operationId(),
            first.parentOperationId(),
            settled ? Status.SETTLED : Status.PENDING,
            last.outcome(),
            first.action(),
            last.target(),
            first.caller(),
            first.requestId(),
            first.reason(),
            first.request(),
            first.before(),
            last.after(),
            last.changed(),
            last.unread(),
            first.changedOutside(),
            last.upstream(),
            last.detail(),
            first.at(),
            settled ? last.at() : null,
            last.mayLandUntil()));
  }
}
