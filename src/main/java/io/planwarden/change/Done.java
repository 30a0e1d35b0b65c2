package io.planwarden.change;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change that ended well.
 *
 * @param outcome applied, unchanged or adopted
 * @param after what NCP holds now, or should hold if reading back is switched off
 * @param changedOutside members that somebody else changed since Planwarden last saw the target;
 *     empty if none, or if it is not known
 * @param replayed whether it was done for an earlier request with the same key
 */
public record Done(
    String operationId,
    String outcome,
    Image after,
    List<String> changedOutside,
    boolean replayed) {

  /** What every answer that tells of it carries. */
  public Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Operation-Id", operationId);
    headers.put("Operation-Outcome", outcome);
    if (!changedOutside.isEmpty()) {
      headers.put("Changed-Outside", String.join(", ", changedOutside));
    }
    if (replayed) {
      headers.put("Idempotency-Replayed", "true");
    }
    return headers;
  }
}
