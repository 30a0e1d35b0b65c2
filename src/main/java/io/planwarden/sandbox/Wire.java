package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds JSON as NCP writes it: members that are null are left out. */
final class Wire {

  private Wire() {}

  /** An object of alternating names and values. */
  static JsonObject object(@Nullable Object... namesAndValues) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        json.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return json;
  }

  static <T> JsonArray array(List<T> items, Function<? super T, ?> toJson) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(toJson.apply(item)));
    return array;
  }
}
