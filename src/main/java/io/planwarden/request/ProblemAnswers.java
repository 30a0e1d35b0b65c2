package io.planwarden.request;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource throws into a problem, and logs what is our own fault. */
public class ProblemAnswers {
  private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

  private final HttpFaults faults;
  private final RoutingContext current;

  ProblemAnswers(HttpFaults faults, RoutingContext current) {
    this.faults = faults;
    this.current = current;
  }

  /** Our own. */
  @ServerExceptionMapper
  public RestResponse<String> facade(FacadeException failure) {
    if (failure.code().status() == 500) {
      LOG.error("internal error", failure);
    }
    return answer(failure);
  }

  /** What the HTTP layer found. */
  @ServerExceptionMapper
  public RestResponse<String> http(WebApplicationException failure, RoutingContext http) {
    return facade(faults.of(http, failure.getResponse().getStatus(), failure));
  }

  /** What the JSON parser found, which says more than the 400 that it would become. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> json(MismatchedInputException failure) {
    return answer(JsonFaults.of(failure));
  }

  /** What the JSON parser's limits found. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> jsonLimit(StreamConstraintsException failure) {
    return answer(JsonFaults.of(failure));
  }

  /** A type of our own that cannot be written or read, for which the platform has a bare 500. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> jsonDefect(InvalidDefinitionException failure) {
    return defect(failure);
  }

  /** Everything else is a defect. */
  @ServerExceptionMapper
  public RestResponse<String> defect(Throwable failure) {
    return facade(new FacadeException(ErrorCode.INTERNAL_ERROR, "The request failed.", failure));
  }

  private RestResponse<String> answer(FacadeException failure) {
    AccessLog.answered(current, failure.code());
    Problem problem = Problem.of(failure);
    RestResponse.ResponseBuilder<String> response =
        RestResponse.ResponseBuilder.<String>create(problem.status()).entity(problem.body());
    problem.headers().forEach(response::header);
    return response.build();
  }
}
