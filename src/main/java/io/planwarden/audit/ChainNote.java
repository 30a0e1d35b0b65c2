package io.planwarden.audit;

import com.github.f4b6a3.ulid.UlidCreator;
import io.planwarden.request.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows about the audit itself. */
public final class ChainNote {
  /** Action of the row that says which rows were archived and removed. */
  public static final String CUT = "cut";

  /** Action of the row that says which end of the chain a restore has lost. */
  public static final String RESTORE = "restore";

  /** Member of the row's request: the anchor that it is about. */
  static final String ANCHOR = "anchor";

  private ChainNote() {}

  /** Who made it happen, and why. */
  public record By(Caller caller, @Nullable String requestId, @Nullable String reason) {}

  /** That the rows up to and with this one were archived. */
  static AuditRow cut(Anchor through, By by) {
    return row(CUT, Map.of(ANCHOR, through.toString()), by, "rows up to here are in an archive");
  }

  /** That the audit goes on from a backup; {@code lost} is null if nobody kept an anchor. */
  static AuditRow restore(@Nullable Anchor lost, By by) {
    return lost == null
        ? row(RESTORE, Map.of(), by, "restored from a backup; no anchor of what was lost is known")
        : row(
            RESTORE,
            Map.of(ANCHOR, lost.toString()),
            by,
            "restored from a backup; the rows up to this anchor were lost");
  }

  private static AuditRow row(String action, Map<String, Object> request, By by, String detail) {
    return AuditRowBuilder.builder()
        .phase(Phase.NOTE)
        .operationId(UlidCreator.getMonotonicUlid().toString())
        .requestId(by.requestId())
        .caller(by.caller())
        .action(action)
        .target(Map.of())
        .reason(by.reason())
        .request(request)
        .detail(detail)
        // It is its whole operation: nothing is to follow.
        .closed(true)
        .build();
  }
}
