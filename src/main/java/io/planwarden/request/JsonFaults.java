package io.planwarden.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the JSON parser refuses, in our own words. */
final class JsonFaults {
  private static final String LIMITS =
      "The body is nested deeper than "
          + JsonRules.MAX_DEPTH
          + " levels, or has a number of more than "
          + JsonRules.MAX_DIGITS
          + " digits";

  private JsonFaults() {}

  static FacadeException of(JsonProcessingException fault) {
    Throwable root = root(fault);
    String field = JsonPaths.of(fault, root);
    if (root instanceof FacadeException own) {
      return own;
    }
    if (root instanceof UnrecognizedPropertyException unknown) {
      return FacadeException.field(ErrorCode.UNKNOWN_FIELD, field, known(unknown));
    }
    if (isDuplicate(root)) {
      return FacadeException.field(ErrorCode.DUPLICATE_FIELD, field, "is there twice");
    }
    if (root instanceof StreamConstraintsException) {
      return malformed(LIMITS);
    }
    String rule = rule(root);
    if (rule == null) {
      return malformed("The body is not well-formed JSON" + where(fault));
    }
    return field.isEmpty()
        ? malformed("The body is not exactly one JSON object")
        : FacadeException.field(ErrorCode.INVALID_FIELD, field, rule);
  }

  /** The rule that a value breaks, null if it is not a matter of one value. */
  private static @Nullable String rule(Throwable root) {
    if (root instanceof InputCoercionException range) {
      boolean small = range.getTargetType() == int.class;
      return "must be from "
          + (small ? Integer.MIN_VALUE : Long.MIN_VALUE)
          + " to "
          + (small ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }
    if (root instanceof InvalidFormatException format && format.getTargetType() == String.class) {
      return "must not have unpaired surrogates";
    }
    return root instanceof MismatchedInputException type ? type(type.getTargetType()) : null;
  }

  private static String type(@Nullable Class<?> type) {
    if (type == String.class) {
      return "must be a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    }
    if (type == null || Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "must be an array";
    }
    if (type.isEnum()) {
      return "is not one of the values that are allowed";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "must be a whole number in plain digits, without quotes, fraction or exponent"
        : "must be an object";
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> known = unknown.getKnownPropertyIds();
    return known == null || known.isEmpty()
        ? "is not a member of this body"
        : known.stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", ", "is not one of ", ""));
  }

  /** The parser has no type of its own for this fault; a test holds its words. */
  private static boolean isDuplicate(Throwable root) {
    return root instanceof JsonProcessingException json
        && json.getOriginalMessage().startsWith("Duplicate field ");
  }

  private static String where(JsonProcessingException fault) {
    JsonLocation at = fault.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static FacadeException malformed(String detail) {
    return new FacadeException(ErrorCode.MALFORMED_JSON, detail + ".");
  }
}
