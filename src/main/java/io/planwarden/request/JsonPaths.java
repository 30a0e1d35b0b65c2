package io.planwarden.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import org.jspecify.annotations.Nullable;

/** Where in a body something is, as {@code member.list[0].member}. */
final class JsonPaths {
  private static final int MAX_NAME = 100;

  private JsonPaths() {}

  /** The place of a fault, empty for the body as a whole. */
  static String of(JsonProcessingException fault, Throwable root) {
    StringBuilder path = new StringBuilder();
    if (root instanceof StreamReadException read && read.getProcessor() != null) {
      // The parser knows the very member; what it reads for may know the object around it only.
      append(path, read.getProcessor().getParsingContext());
    } else if (fault instanceof JsonMappingException mapping) {
      mapping.getPath().forEach(step -> append(path, step.getFieldName(), step.getIndex()));
    }
    return path.toString();
  }

  private static void append(StringBuilder path, JsonStreamContext context) {
    if (context.getParent() != null) {
      append(path, context.getParent());
    }
    if (context.inArray()) {
      append(path, null, context.getCurrentIndex());
    } else if (context.getCurrentName() != null) {
      append(path, context.getCurrentName(), -1);
    }
  }

  private static void append(StringBuilder path, @Nullable String name, int index) {
    if (name == null) {
      path.append('[').append(Math.max(0, index)).append(']');
      return;
    }
    path.append(path.isEmpty() ? "" : ".");
    name.codePoints().limit(MAX_NAME).map(JsonPaths::printable).forEach(path::appendCodePoint);
  }

  /** The name is the caller's own, and is read by people in logs and terminals. */
  static int printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          '?';
      default -> c;
    };
  }
}
