package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The switches as they are set; an immutable value. */
final class Switches {

  /** Every switch at its documented default. */
  static final Switches DEFAULTS = new Switches(Map.of());

  private final Map<Switch<?>, Object> changed;

  private Switches(Map<Switch<?>, Object> changed) {
    this.changed = changed;
  }

  @SuppressWarnings("unchecked") // with() puts only what the switch itself has parsed
  <V> V get(Switch<V> wanted) {
    return (V) changed.getOrDefault(wanted, wanted.preset());
  }

  <V> boolean is(Switch<V> wanted, V value) {
    return get(wanted).equals(value);
  }

  /** These with the named ones changed: all of them, or none and an exception saying why. */
  Switches with(JsonObject json) {
    Map<Switch<?>, Object> merged = new HashMap<>(changed);
    for (String name : json.fieldNames()) {
      Switch<?> named = named(name);
      merged.put(named, parse(named, json.getValue(name)));
    }
    return new Switches(Map.copyOf(merged));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    Switch.ALL.forEach(each -> json.put(each.name(), jsonOf(each)));
    return json;
  }

  private <V> Object jsonOf(Switch<V> wanted) {
    return wanted.values().toJson(get(wanted));
  }

  private static Switch<?> named(String name) {
    return Switch.ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no switch %s; there are %s"
                        .formatted(name, Switch.ALL.stream().map(Switch::name).toList())));
  }

  private static Object parse(Switch<?> named, Object value) {
    try {
      return named.values().parse(value == null ? "null" : value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(named.name() + " must be " + e.getMessage(), e);
    }
  }
}
