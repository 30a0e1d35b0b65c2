package io.planwarden.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's JSON body; members nobody asks for are tolerated, as NCP was seen to do. */
record Body(JsonObject json) {

  static Body parse(Buffer buffer) {
    try {
      return new Body(new JsonObject(buffer));
    } catch (DecodeException | ClassCastException e) {
      throw new Refusal(RefusalCode.BAD_REQUEST, "the body is not a JSON object");
    }
  }

  boolean has(String member) {
    return json.containsKey(member);
  }

  @Nullable String text(String member, int min, int max) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw Refusal.invalid(member + " must be a string");
    }
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      throw Refusal.invalid("%s must have %d to %d characters".formatted(member, min, max));
    }
    return text;
  }

  String requiredText(String member, int min, int max) {
    String value = text(member, min, max);
    if (value == null) {
      throw Refusal.invalid(member + " is required");
    }
    return value;
  }

  @Nullable Long number(String member, long min, long max) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw Refusal.invalid("%s must be an integer from %d to %d".formatted(member, min, max));
  }

  @Nullable Long number(String member) {
    return number(member, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A decimal number of an inclusive range. */
  double decimal(String member, double min, double max, double preset) {
    Object value = json.getValue(member);
    if (value == null) {
      return preset;
    }
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    throw Refusal.invalid("%s must be a number from %s to %s".formatted(member, min, max));
  }

  long number(String member, long min, long max, long preset) {
    Long value = number(member, min, max);
    return value == null ? preset : value;
  }

  boolean flag(String member) {
    Object value = json.getValue(member);
    if (value != null && !(value instanceof Boolean)) {
      throw Refusal.invalid(member + " must be true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  @Nullable String choice(String member, Set<String> allowed) {
    Object value = json.getValue(member);
    if (value != null && !allowed.contains(value)) {
      throw Refusal.invalid(member + " must be one of " + allowed);
    }
    return (String) value;
  }

  /** The strings of an array, all of them allowed ones; empty if the member is not there. */
  List<String> choices(String member, Set<String> allowed) {
    Object value = json.getValue(member);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)
        || !array.stream()
            .allMatch(each -> each instanceof String text && allowed.contains(text))) {
      throw Refusal.invalid(member + " must be an array of " + allowed);
    }
    return array.stream().map(String::valueOf).toList();
  }

  /** The objects of an array, which must be there. */
  List<Body> objects(String member) {
    if (!(json.getValue(member) instanceof JsonArray array)
        || !array.stream().allMatch(JsonObject.class::isInstance)) {
      throw Refusal.invalid(member + " must be an array of objects");
    }
    return array.stream().map(each -> new Body((JsonObject) each)).toList();
  }

  /** Refuses members other than these: a name that is mistyped must not go unnoticed. */
  void allowOnly(List<String> members) {
    for (String name : json.fieldNames()) {
      if (!members.contains(name)) {
        throw Refusal.invalid("no member %s here; there are %s".formatted(name, members));
      }
    }
  }
}
