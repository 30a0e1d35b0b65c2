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
 *     NCP failed; the next one goes on from there
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
  // Above the keys of one product, so that one number names a place, and the start is not 0.
  private static final int PRODUCT_SHIFT = 40;
  private static final long KEYS = (1L << PRODUCT_SHIFT) - 1;

  static PlanUsage of(String usagePlanId, UsagePlan plan, KeysOnPlan keys, Instant readAt) {
    KeysOnPlan.Place next = keys.next();
    return new PlanUsage(
        usagePlanId,
        plan.usagePlanName(),
        plan.limits(),
        keys.found().stream().flatMap(found -> usage(found, plan, readAt).stream()).toList(),
        next == null ? null : Cursor.of(number(next)),
        keys.stoppedBy() == null,
        readAt);
  }

  private static List<KeyUsage> usage(KeysOnPlan.Found found, UsagePlan plan, Instant readAt) {
    String stageId = found.subscription().stageId();
    return stageId == null
        ? List.of()
        : List.of(
            KeyUsage.of(
                found.productId(),
                stageId,
                found.apiKeyId(),
                found.subscription(),
                plan.limits(),
                readAt));
  }

  private static long number(KeysOnPlan.Place place) {
    return ((long) place.product() + 1 << PRODUCT_SHIFT) | place.key();
  }

  /** The place that a cursor names; the start for none. */
  static KeysOnPlan.Place place(@Nullable String cursor) {
    long number = cursor == null ? 0 : Cursor.before(cursor);
    return number >> PRODUCT_SHIFT == 0
        ? KeysOnPlan.Place.START
        : new KeysOnPlan.Place((int) (number >> PRODUCT_SHIFT) - 1, number & KEYS);
  }
}
