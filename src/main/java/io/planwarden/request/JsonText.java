package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a body before it is parsed: declared as what it is, not compressed, and UTF-8. The
 * parser would guess UTF-16 and UTF-32, and take overlong forms and a byte-order mark.
 */
@Provider
@Priority(FilterOrder.JSON_TEXT)
public class JsonText implements ReaderInterceptor {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  @Override
  public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // The body is in memory already, so nothing waits here.
    byte[] body = context.getInputStream().readAllBytes();
    if (body.length > 0) {
      declared(context);
      text(body);
    }
    context.setInputStream(new ByteArrayInputStream(body));
    return context.proceed();
  }

  private static void declared(ReaderInterceptorContext context) {
    String type = context.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.isBlank()) {
      throw unsupported("The body has no Content-Type.");
    }
    String charset = context.getMediaType().getParameters().get("charset");
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw unsupported("The only charset that is read is utf-8.");
    }
    String coding = context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
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
