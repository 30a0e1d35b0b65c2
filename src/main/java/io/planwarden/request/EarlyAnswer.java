package io.planwarden.request;

import io.planwarden.problem.FacadeException;
import io.planwarden.problem.Problem;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Answers a request that reaches no resource. */
public final class EarlyAnswer {
  /** How long what is still on its way is taken in, once the answer is sent. */
  public static final Duration LINGER = Duration.ofSeconds(2);

  private static final Set<HttpConnection> ENDING =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private static final long LINGER_BYTES = 4 * 1024 * 1024;

  private EarlyAnswer() {}

  /** Answers with the problem; headers that are set already stay. On the request's event loop. */
  public static void send(RoutingContext http, FacadeException failure) {
    Problem problem = Problem.of(failure);
    AccessLog.answered(http, failure.code());
    var response = http.response();
    response.setStatusCode(problem.status());
    problem.headers().forEach(response::putHeader);
    if (RequestBody.isUnread(http)) {
      leaveUnread(http);
    }
    response.end(problem.body());
  }

  /** Has the connection end with the answer, whoever gives it, for the body will not be read. */
  static void leaveUnread(RoutingContext http) {
    // Late, because the server itself promises a caller of HTTP/1.0 to keep it.
    http.addHeadersEndHandler(head -> http.response().putHeader("Connection", "close"));
    http.addEndHandler(answered -> linger(http));
  }

  /**
   * Whether the connection ends with an answer that was sent before. What follows on it is not
   * looked at: a proxy in front may have taken it for the body of what was refused.
   */
  static boolean isEnding(RoutingContext http) {
    return !ENDING.isEmpty() && ENDING.contains(http.request().connection());
  }

  /**
   * Takes in what is still on its way, for a while: a connection closed at once would be reset, and
   * the answer lost before the caller reads it.
   */
  private static void linger(RoutingContext http) {
    HttpServerRequest request = http.request();
    var connection = request.connection();
    if (!ENDING.add(connection)) {
      return;
    }
    request.exceptionHandler(gone -> {});
    request.handler(
        chunk -> {
          if (request.bytesRead() > LINGER_BYTES) {
            connection.close();
          }
        });
    request.endHandler(end -> connection.close());
    request.resume();
    http.vertx().setTimer(LINGER.toMillis(), late -> connection.close());
  }
}
