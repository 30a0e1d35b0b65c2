package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body into memory, up to the limits of size and time, without holding a thread.
 * The platform would read a larger one on a worker thread and answer an oversized one without a
 * word.
 */
@Singleton
public class RequestBody {
  static final int MAX_BYTES = 64 * 1024;

  private static final String READ = "planwarden.body";
  private static final byte[] NONE = {};

  void register(@Observes Router router, RequestConfig config) {
    Duration timeout = config.bodyTimeout();
    router.route().order(FilterOrder.BODY).handler(http -> read(http, timeout));
  }

  /** The body that was read; empty if there is none. */
  static byte[] of(RoutingContext http) {
    byte @Nullable [] body = http.get(READ);
    return body == null ? NONE : body;
  }

  /** Whether the request has a body that was not read yet. */
  static boolean isUnread(RoutingContext http) {
    return http.get(READ) == null && isAnnounced(http.request());
  }

  private static boolean isAnnounced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static void read(RoutingContext http, Duration timeout) {
    HttpServerRequest request = http.request();
    if (!isUnread(http)) {
      http.next();
    } else if (CallerIdentity.callerOf(http).isEmpty()) {
      // A stranger gets no further than to what needs no body.
      EarlyAnswer.leaveUnread(http);
      http.next();
    } else if (announcedBytes(request) > MAX_BYTES) {
      refuse(http);
    } else {
      accept(http);
      Buffer body = Buffer.buffer();
      Context context = http.vertx().getOrCreateContext();
      // Dev mode has its own class loader on the thread, and an event comes without it.
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      long timer = http.vertx().setTimer(timeout.toMillis(), late -> tooSlow(http, timeout));
      request.exceptionHandler(gone -> http.vertx().cancelTimer(timer));
      request.handler(
          chunk -> {
            if (body.length() + chunk.length() <= MAX_BYTES) {
              body.appendBuffer(chunk);
            } else if (!http.response().ended()) {
              http.vertx().cancelTimer(timer);
              refuse(http);
            }
          });
      request.endHandler(
          end -> {
            http.vertx().cancelTimer(timer);
            context.runOnContext(
                next -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  http.put(READ, body.getBytes());
                  http.next();
                });
          });
      request.resume();
    }
  }

  /** Asks for a body that the caller holds back until it is told to send it. */
  private static void accept(RoutingContext http) {
    HttpServerRequest request = http.request();
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      http.response().writeContinue();
      request.headers().remove(HttpHeaders.EXPECT);
    }
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private static void refuse(RoutingContext http) {
    EarlyAnswer.send(
        http,
        new FacadeException(
            ErrorCode.CONTENT_TOO_LARGE, "The body has more than " + MAX_BYTES + " bytes."));
  }

  private static void tooSlow(RoutingContext http, Duration timeout) {
    EarlyAnswer.send(
        http,
        new FacadeException(
            ErrorCode.REQUEST_TIMEOUT,
            "The body was not there within %s ms.".formatted(timeout.toMillis())));
  }

  /** Hands the body to the resource, so that nobody tries to read it from the connection again. */
  @ServerRequestFilter(priority = FilterOrder.BODY_HAND_OVER)
  public void handOver(ContainerRequestContext request, RoutingContext http) {
    byte @Nullable [] body = http.get(READ);
    if (body != null) {
      request.setEntityStream(new ByteArrayInputStream(body));
    }
  }
}
