package io.planwarden.ncp;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What NCP says about an error, cleaned for showing ({@code ai-application-service-apigateway}).
 * Its own envelope is {@code error}; the others occur elsewhere on the platform.
 *
 * @param code opaque; it is not the HTTP status, even where it looks like one
 */
record ErrorBody(@Nullable String code, @Nullable String message) {
  private static final ErrorBody NONE = new ErrorBody(null, null);
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s]+");
  // Signatures, secret keys and the values of API keys look like this; ids, words and paths do not.
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+/]{43}=|[A-Za-z0-9]{40,}");
  private static final int MESSAGE_LENGTH = 300;
  private static final int CODE_LENGTH = 40;

  static ErrorBody of(Buffer body) {
    JsonNode root = Json.tree(body);
    if (root == null) {
      return NONE;
    }
    if (root.path("error").isObject()) {
      return of(root.path("error"), "errorCode", "message", "details");
    }
    if (root.path("responseError").isObject()) {
      return of(root.path("responseError"), "returnCode", "returnMessage");
    }
    return of(root, "errorCode", "message", "details");
  }

  private static ErrorBody of(JsonNode node, String code, String... words) {
    String message =
        Stream.of(words)
            .map(word -> text(node.path(word)))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(": "));
    return new ErrorBody(clean(text(node.path(code)), CODE_LENGTH), clean(message, MESSAGE_LENGTH));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() || node.isNumber() ? node.asText() : null;
  }

  private static @Nullable String clean(@Nullable String text, int length) {
    if (text == null) {
      return null;
    }
    String printable = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    String shown = SECRET.matcher(printable).replaceAll("***");
    if (shown.codePointCount(0, shown.length()) > length) {
      shown = shown.substring(0, shown.offsetByCodePoints(0, length));
    }
    return shown.isEmpty() ? null : shown;
  }
}
