package io.planwarden.change;

import io.planwarden.gateway.Limits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do if it were made now; nothing was sent and nothing is on record.
 *
 * @param before what NCP holds, by NCP's field names; null if nothing
 * @param after what it would hold, as far as the change decides it; null if nothing
 * @param changed the names of the members that would differ; empty if it is so already
 * @param uncertain members of which only NCP's answer would tell what becomes of them; null if none
 * @param changedOutside members that somebody else changed since Planwarden last saw the target
 *     after a change of its own; null if none
 */
public record Preview(
    @Nullable Map<String, Object> before,
    @Nullable Map<String, Object> after,
    List<String> changed,
    @Nullable List<String> uncertain,
    @Nullable List<String> changedOutside) {

  /** The limits that would hold; none of them is set if there would be nothing. */
  public Limits limits() {
    return PlanMembers.limits(after == null ? Map.of() : after);
  }
}
