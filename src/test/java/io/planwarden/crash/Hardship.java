package io.planwarden.crash;

import java.util.HashMap;
import java.util.Map;

/** What the service is put through: an NCP that misbehaves, and times that are over soon. */
final class Hardship {
  private Hardship() {}

  /** A rule of the sandbox that befalls a share of the changes. */
  static Map<String, Object> rule(String fault, double share, Map<String, Object> more) {
    Map<String, Object> rule = new HashMap<>(more);
    rule.putIfAbsent("match", "change");
    rule.put("fault", fault);
    rule.put("probability", share);
    return rule;
  }

  /** The settings of a service that talks to the sandbox, and those of its own. */
  static Map<String, String> settings(String sandboxUrl, Map<String, String> own) {
    Map<String, String> settings =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m"),
                Map.entry("PLANWARDEN_NCP_BASE_URL", sandboxUrl),
                Map.entry("NCP_ACCESS_KEY", "sandboxAccessKey0001"),
                Map.entry("NCP_SECRET_KEY", "sandboxSecretKey0000000000000000000000001"),
                Map.entry("PLANWARDEN_RATELIMIT_CHANGES", "0"),
                Map.entry("PLANWARDEN_REQUEST_DEADLINE", "4s"),
                Map.entry("PLANWARDEN_NCP_ATTEMPT_TIMEOUT", "500ms"),
                Map.entry("PLANWARDEN_CHANGE_SETTLE_WAIT", "200ms"),
                Map.entry("PLANWARDEN_CHANGE_FIRST_LATER_LOOK", "300ms"),
                Map.entry("PLANWARDEN_CHANGE_LAST_LATER_LOOK", "600ms"),
                Map.entry("PLANWARDEN_UPSTREAM_RETRY_BASE", "10ms"),
                Map.entry("PLANWARDEN_UPSTREAM_RETRY_CAP", "50ms"),
                Map.entry("PLANWARDEN_UPSTREAM_RETRY_FLOOR", "10000"),
                Map.entry("PLANWARDEN_UPSTREAM_BREAKER_CALLS", "1000")));
    settings.putAll(own);
    return settings;
  }
}
