package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.quarkus.security.AuthenticationException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Answers what fails outside the resources; a resource's failures go to {@link ProblemAnswers}. */
@Singleton
class LastResort {
  private static final Logger LOG = Logger.getLogger(LastResort.class);

  private final HttpFaults faults;

  LastResort(HttpFaults faults) {
    this.faults = faults;
  }

  void register(@Observes Router router) {
    router.route().order(FilterOrder.FAILURE).failureHandler(this::answer);
  }

  private void answer(RoutingContext http) {
    Throwable failure = http.failure();
    if (http.response().headWritten()
        || failure instanceof SecurityException
        || failure instanceof AuthenticationException) {
      // Those who authenticate answer their own failures, with the challenge that belongs to them.
      http.next();
      return;
    }
    FacadeException answer =
        failure instanceof FacadeException own ? own : faults.of(http, http.statusCode(), failure);
    if (answer.code() == ErrorCode.INTERNAL_ERROR) {
      LOG.error("internal error", failure);
    }
    EarlyAnswer.send(http, answer);
  }
}
