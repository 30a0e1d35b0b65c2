package io.planwarden.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds JSON as NCP writes it: members that are null are left out. */
final class Wire {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Wire() {}

  /** A moment to the millisecond, always with three decimals, so that moments sort as text. */
  static String time(Instant at) {
    return MILLISECONDS.format(at);
  }

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
