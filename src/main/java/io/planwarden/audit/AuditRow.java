package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.planwarden.request.Caller;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit. Before it is appended it has no {@code seq}, {@code at}, {@code prevHash}
 * and {@code hash}; those are the writer's.
 *
 * @param target the NCP ids that the change is about
 * @param reason the caller's words
 * @param request what was asked for, in NCP's field names
 * @param before what NCP held before, null if nothing
 * @param after what NCP held after, null if nothing
 * @param changed the names of the fields that differ between before and after
 * @param unread which of {@code before} and {@code after} were not read, and so are not what NCP
 *     held
 * @param changedOutside the members that somebody else changed since they were last seen here
 * @param detail what else there is to say, for people
 * @param closed true on a row that ends an operation without settling it: nobody looks again
 * @param deadline of an intent: when its change is given up at the latest
 * @param mayLandUntil on a row that settles an operation of which an attempt had no answer: how
 *     long that one may still take effect; until then the operation stays open
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRow(
    @Nullable Long seq,
    @Nullable Instant at,
    Phase phase,
    String operationId,
    @Nullable String parentOperationId,
    @Nullable String requestId,
    Caller caller,
    String action,
    Map<String, Object> target,
    @Nullable String reason,
    @Nullable Map<String, Object> request,
    @Nullable Map<String, Object> before,
    @Nullable Map<String, Object> after,
    @Nullable List<String> changed,
    @Nullable List<String> unread,
    @Nullable List<String> changedOutside,
    @Nullable Outcome outcome,
    @Nullable Upstream upstream,
    @Nullable String detail,
    @Nullable Boolean closed,
    @Nullable Instant deadline,
    @Nullable Instant mayLandUntil,
    @Nullable String prevHash,
    @Nullable String hash) {

  /**
   * The last word on an operation, of its rows from the oldest on. A note only tells something
   * about it.
   */
  public static AuditRow lastWord(List<AuditRow> rows) {
    return rows.stream().filter(row -> row.phase() != Phase.NOTE).reduce(rows.get(0), (a, b) -> b);
  }

  /** Whether it says how the operation ended, or that nobody will find out. */
  public boolean settles() {
    return Boolean.TRUE.equals(closed)
        || (phase != Phase.NOTE && outcome != null && outcome.isSettled());
  }

  /** Whether the operation needs no further look once this row is written. */
  public boolean ends() {
    return settles() && mayLandUntil == null;
  }

  /** Whether it goes on with an operation that another process may have ended meanwhile. */
  boolean needsItOpen() {
    return phase == Phase.RESOLUTION
        || (phase == Phase.NOTE && ends())
        // Of what has been settled meanwhile, that it is not known would be no news.
        || outcome == Outcome.UNKNOWN;
  }

  /** Whether it tells of something that happened, and so must not be lost. */
  boolean tellsOfAnEffect() {
    return phase != Phase.INTENT && outcome != Outcome.REFUSED && outcome != Outcome.UNCHANGED;
  }

  /** Ends the operation of this intent, of which nothing was sent. */
  AuditRow neverSent() {
    boolean known = unread == null;
    return AuditRowBuilder.builder(this)
        .phase(Phase.OUTCOME)
        .after(before)
        .changed(known ? List.of() : null)
        .unread(known ? null : List.of("before", "after"))
        .outcome(Outcome.NOT_APPLIED)
        .detail("given up while being written; nothing was sent")
        .deadline(null)
        .build();
  }

  /** The row in its place in the chain, not hashed yet. */
  AuditRow linked(long seq, Instant at, String prevHash) {
    return AuditRowBuilder.builder(this).seq(seq).at(at).prevHash(prevHash).hash(null).build();
  }

  /** The same row with its hash. */
  AuditRow hashed(String hash) {
    return AuditRowBuilder.builder(this).hash(hash).build();
  }
}
