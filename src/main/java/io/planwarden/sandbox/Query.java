package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoded query of a request; of a repeated name the first value counts. */
record Query(Map<String, String> values) {

  static Query parse(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      values.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return new Query(values);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw Refusal.invalid(name + " is required");
    }
    return value;
  }

  @Nullable Long number(String name) {
    String value = values.get(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw Refusal.invalid(name + " must be an integer");
    }
  }

  @Nullable Boolean flag(String name) {
    String value = values.get(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw Refusal.invalid(name + " must be true or false");
    }
    return value == null ? null : Boolean.valueOf(value);
  }

  private static String decode(String raw) {
    try {
      return URLDecoder.decode(raw, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(RefusalCode.BAD_REQUEST, "the query is not well-formed");
    }
  }
}
