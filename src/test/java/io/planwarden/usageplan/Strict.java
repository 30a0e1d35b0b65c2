package io.planwarden.usageplan;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Configuration that demands If-Match and keys, leaves out the before-read, and allows quotas of 0;
 * on a store that nobody else has open.
 */
public final class Strict implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "planwarden.change.require-if-match", "true",
        "planwarden.change.before-read", "false",
        "planwarden.idempotency.require-for-post", "true",
        "planwarden.usage-plan.allow-zero-quota", "true",
        "planwarden.storage.path", "target/test-data/strict-${quarkus.uuid}.db");
  }
}
