package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer made up by a fault. Without a code an error still has NCP's envelope, and a success no
 * body; with {@code html} it is a page as of a proxy.
 */
record Failure(int status, @Nullable Long code, @Nullable String retryAfter, boolean html) {

  static final List<String> PARAMETERS = List.of("status", "code", "retryAfter", "html");

  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1,100}");

  static Failure parse(Body body, int presetStatus, @Nullable Long presetCode) {
    Long code = body.number("code", 0, 99_999);
    return new Failure(
        (int) body.number("status", 200, 599, presetStatus),
        code == null ? presetCode : code,
        retryAfter(body.json().getValue("retryAfter")),
        body.flag("html"));
  }

  private static @Nullable String retryAfter(@Nullable Object given) {
    if (given == null) {
      return null;
    }
    String value = given.toString();
    if (given instanceof Integer || (given instanceof String && isHeaderValue(value))) {
      return value;
    }
    throw Refusal.invalid("retryAfter must be a number of seconds or the text of the header");
  }

  private static boolean isHeaderValue(String value) {
    return HEADER_VALUE.matcher(value).matches();
  }

  Reply.Whole reply(Errand errand) {
    Reply.Content content = html ? page() : withoutRetryAfter(errand).content();
    Map<String, String> headers = new HashMap<>(content.headers());
    if (retryAfter != null) {
      headers.put("Retry-After", retryAfter);
    }
    return new Reply.Content(status, headers, content.body());
  }

  private Reply.Whole withoutRetryAfter(Errand errand) {
    if (code == null && status < 400) {
      return new Reply.Empty(status);
    }
    Object errorCode = code == null ? null : errand.errorCodeType().of(code);
    String known = code == null ? null : RefusalCode.messageOf(code);
    String message = known == null ? reason() : known;
    return new Reply.Json(
        status, Wire.object("error", Wire.object("errorCode", errorCode, "message", message)));
  }

  private Reply.Content page() {
    String title = status + " " + reason();
    String page =
        "<html><head><title>%s</title></head><body><h1>%s</h1></body></html>"
            .formatted(title, title);
    return new Reply.Content(
        status, Map.of("Content-Type", "text/html"), Buffer.buffer(page.getBytes(UTF_8)));
  }

  private String reason() {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
