package io.planwarden.usage;

import io.planwarden.gateway.Limits;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.request.Cursor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Use and remaining of the API keys that are on a plan, on each of its stages: one page of them.
 *
 * @param limits the plan's own
 * @param next what to send as {@code cursor} for what follows, null at the end
 * @param complete false if the page is shorter than it was to be: it took too many calls to NCP, or
 *     NCP failed; the next one goes on from there. Also if NCP does not let us see the keys of a
 *     product, or names a product or a key by an id that it cannot be asked about: these are passed
 *     over
 * @param readAt from when this is; of several answers of NCP, the oldest
 */
public record PlanUsage(
    String usagePlanId,
    @Nullable String usagePlanName,
    Limits limits,
    List<KeyUsage> items,
    @Nullable String next,
    boolean complete,
    Instant readAt) {
  static PlanUsage of(String usagePlanId, UsagePlan plan, KeysOnPlan keys, Instant readAt) {
    KeysOnPlan.Place next = keys.next();
    return new PlanUsage(
        usagePlanId,
        plan.usagePlanName(),
        plan.limits(),
        keys.found().stream().map(found -> usage(found, plan, readAt)).toList(),
        next == null ? null : Cursor.of(new Cursor.Place(next.productId(), next.key())),
        keys.complete(),
        readAt);
  }

  private static KeyUsage usage(KeysOnPlan.Found found, UsagePlan plan, Instant readAt) {
    return KeyUsage.of(
        found.productId(),
        found.subscription().stageId(),
        found.apiKeyId(),
        found.subscription(),
        plan.limits(),
        readAt);
  }

  /** The place that a cursor names; the start for none. */
  static KeysOnPlan.Place place(@Nullable String cursor) {
    if (cursor == null) {
      return KeysOnPlan.Place.START;
    }
    Cursor.Place place = Cursor.place(cursor);
    return new KeysOnPlan.Place(place.name(), place.number());
  }
}
