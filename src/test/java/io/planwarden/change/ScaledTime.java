package io.planwarden.change;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Everything faster, so that a horizon passes within a test; and no pacing and no breaker. */
public final class ScaledTime implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        Map.entry("planwarden.storage.path", "target/test-data/scaled-${quarkus.uuid}.db"),
        Map.entry("planwarden.request.deadline", "4s"),
        Map.entry("planwarden.ncp.attempt-timeout", "500ms"),
        Map.entry("planwarden.change.horizon", "1s"),
        Map.entry("planwarden.change.settle-wait", "200ms"),
        Map.entry("planwarden.change.staleness-window", "100ms"),
        Map.entry("planwarden.change.first-later-look", "300ms"),
        Map.entry("planwarden.change.last-later-look", "600ms"),
        Map.entry("planwarden.upstream.rate", "0"),
        Map.entry("planwarden.upstream.pause", "50ms"),
        Map.entry("planwarden.upstream.retry.base", "10ms"),
        Map.entry("planwarden.upstream.retry.cap", "50ms"),
        Map.entry("planwarden.upstream.retry.floor", "10000"),
        Map.entry("planwarden.upstream.breaker.calls", "1000"));
  }
}
