package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * What every request keeps to, before anything looks at what it asks for. The server's own limits
 * are wider, because it answers what exceeds them without a body.
 */
@Singleton
class RequestShape {
  static final int MAX_LINE_BYTES = 4 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;

  private static final int SEPARATORS = 2;
  private static final int VERSION = "HTTP/1.1".length();
  private static final List<String> ONCE = List.of("Host", "Content-Type", "Content-Encoding");

  void register(@Observes Router router) {
    router.route().order(FilterOrder.SHAPE).handler(RequestShape::check);
  }

  private static void check(RoutingContext http) {
    try {
      line(http.request());
      headers(http.request());
      framing(http.request());
    } catch (FacadeException e) {
      EarlyAnswer.send(http, e);
      return;
    }
    http.next();
  }

  private static void line(HttpServerRequest request) {
    int bytes = request.method().name().length() + request.uri().length() + SEPARATORS + VERSION;
    if (bytes > MAX_LINE_BYTES) {
      throw new FacadeException(
          ErrorCode.URI_TOO_LONG, "The request line has more than " + MAX_LINE_BYTES + " bytes.");
    }
    // The REST layer would drop what follows a semicolon, and other parts would not.
    if (String.valueOf(request.path()).indexOf(';') >= 0) {
      throw new FacadeException(ErrorCode.UNKNOWN_PATH, "No path that is served has a semicolon.");
    }
  }

  private static void headers(HttpServerRequest request) {
    int bytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length() + ": \r\n".length();
    }
    if (bytes > MAX_HEADER_BYTES) {
      throw new FacadeException(
          ErrorCode.HEADERS_TOO_LARGE,
          "The headers have more than " + MAX_HEADER_BYTES + " bytes together.");
    }
    for (String name : ONCE) {
      if (request.headers().getAll(name).size() > 1) {
        throw new FacadeException(ErrorCode.BAD_REQUEST, "The header " + name + " is repeated.");
      }
    }
  }

  /** Where the server and a proxy before it could disagree on the body's end, nobody may pass. */
  private static void framing(HttpServerRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return;
    }
    if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
      throw new FacadeException(
          ErrorCode.BAD_REQUEST, "The only Transfer-Encoding that is read is one chunked.");
    }
    // The server's decoder refuses both together, but in HTTP/1.1 only. What speaks HTTP/1.0 knows
    // no chunks, and goes by the length or by the connection's end.
    if (request.version() != HttpVersion.HTTP_1_1
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      throw new FacadeException(
          ErrorCode.BAD_REQUEST,
          "A Transfer-Encoding is read in HTTP/1.1 only, and without a Content-Length.");
    }
  }
}
