package io.planwarden.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' strategic merge, as far as the manifests here use it. A list of which it does not
 * know by what its items are told apart can be set and not changed.
 */
final class StrategicMerge {
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");

  private StrategicMerge() {}

  /** What the base is with the patch on it; neither is changed. */
  static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> patch) {
    Map<String, Object> merged = new LinkedHashMap<>(base);
    patch.forEach((name, value) -> merged.put(name, value(name, base.get(name), value)));
    return merged;
  }

  private static Object value(String name, Object before, Object patch) {
    if (patch == null || name.startsWith("$")) {
      throw new IllegalArgumentException("not understood in a patch: " + name + ": " + patch);
    }
    if (before instanceof Map<?, ?> && patch instanceof Map<?, ?>) {
      return merge(object(before), object(patch));
    }
    if (before instanceof List<?> && patch instanceof List<?>) {
      if (!KEYS.containsKey(name)) {
        throw new IllegalArgumentException("no key is known for the list " + name);
      }
      return items(KEYS.get(name), objects(before), objects(patch));
    }
    return patch;
  }

  private static List<Object> items(
      String key, List<Map<String, Object>> before, List<Map<String, Object>> patch) {
    Map<Object, Map<String, Object>> merged = new LinkedHashMap<>();
    before.forEach(item -> merged.put(item.get(key), item));
    patch.forEach(item -> merged.merge(item.get(key), item, StrategicMerge::merge));
    return new ArrayList<>(merged.values());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Object value) {
    return (List<Map<String, Object>>) value;
  }
}
