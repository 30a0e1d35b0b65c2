package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What holds for a body before it is parsed: declared as what it is, not compressed, and UTF-8. The
 * parser would guess UTF-16 and UTF-32, and take overlong forms and a byte-order mark.
 *
 * <p>A filter, because around an interceptor of bodies the platform looks up the annotations of the
 * resource's method anew for each request.
 */
@Singleton
public class JsonText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Map<Method, Boolean> reading = new ConcurrentHashMap<>();

  /** Checks the body, if the operation reads it. */
  @ServerRequestFilter(priority = FilterOrder.JSON_TEXT)
  public void check(ContainerRequestContext request, ResourceInfo resource, RoutingContext http) {
    byte[] body = RequestBody.of(http);
    if (body.length > 0
        && reading.computeIfAbsent(resource.getResourceMethod(), JsonText::readsBody)) {
      declared(request);
      text(body);
    }
  }

  /** The parameter that is the body is the one that no annotation takes from elsewhere. */
  private static boolean readsBody(Method method) {
    return Arrays.stream(method.getParameters())
        .anyMatch(parameter -> parameter.getAnnotations().length == 0);
  }

  private static void declared(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.isBlank()) {
      throw unsupported("The body has no Content-Type.");
    }
    String charset = request.getMediaType().getParameters().get("charset");
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw unsupported("The only charset that is read is utf-8.");
    }
    String coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      throw unsupported("No Content-Encoding is read.").header("Accept-Encoding", "identity");
    }
  }

  private static void text(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      throw malformed("The body begins with a byte-order mark.");
    }
    // No JSON text has one, but UTF-16 and UTF-32 have them in every JSON text.
    if (text.indexOf('\0') >= 0) {
      throw malformed("The body has zero bytes; it must be UTF-8.");
    }
  }

  private static FacadeException unsupported(String detail) {
    return new FacadeException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  private static FacadeException malformed(String detail) {
    return new FacadeException(ErrorCode.MALFORMED_JSON, detail);
  }
}
