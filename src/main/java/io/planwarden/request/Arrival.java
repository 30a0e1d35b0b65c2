package io.planwarden.request;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The first thing that happens to a request: it gets its id and its deadline, before anything can
 * refuse it, so that every answer carries the id.
 */
@Singleton
class Arrival {
  static final String REQUEST_ID = "planwarden.request-id";
  static final String DEADLINE = "planwarden.deadline";

  private final RequestConfig config;
  private final Clock clock;
  private final AccessLog log;

  Arrival(RequestConfig config, Clock clock, AccessLog log) {
    this.config = config;
    this.clock = clock;
    this.log = log;
  }

  void register(@Observes Router router) {
    router.route().order(FilterOrder.ARRIVAL).handler(this::arrive).failureHandler(this::arrive);
  }

  /** May come by again, on a failure or when a route hands over to another. */
  private void arrive(RoutingContext http) {
    if (http.get(REQUEST_ID) == null) {
      if (EarlyAnswer.isEnding(http)) {
        return;
      }
      http.put(REQUEST_ID, RequestId.from(http.request().getHeader(RequestId.HEADER)));
      http.put(DEADLINE, clock.instant().plus(config.deadline()));
      log.watch(http);
    }
    if (!http.response().headWritten()) {
      http.response()
          .putHeader(RequestId.HEADER, http.<String>get(REQUEST_ID))
          .putHeader("X-Content-Type-Options", "nosniff");
    }
    if (http.response().writeQueueFull()) {
      // Requests sent ahead wait for the caller to take the answers before theirs; else it could
      // fill the memory with answers that it never takes. Once only: the connection drains again
      // while a long answer is written.
      http.response()
          .drainHandler(
              taken -> {
                http.response().drainHandler(null);
                http.next();
              });
    } else {
      http.next();
    }
  }
}
