package io.planwarden.request;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.problem.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource throws into a problem, and logs what is our own fault. */
public class ProblemAnswers {
  private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

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
  public RestResponse<String> http(WebApplicationException failure) {
    Response response = failure.getResponse();
    RestResponse<String> answer = answer(HttpFaults.of(response.getStatus(), failure));
    Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.getHeaders().putSingle(HttpHeaders.ALLOW, allow);
    }
    return answer;
  }

  /** What the JSON parser found, which says more than the 400 that it would become. */
  @ServerExceptionMapper(priority = 1)
  public RestResponse<String> json(MismatchedInputException failure) {
    return answer(HttpFaults.ofJson(failure));
  }

  /** Everything else is a defect. */
  @ServerExceptionMapper
  public RestResponse<String> defect(Throwable failure) {
    LOG.error("internal error", failure);
    return answer(new FacadeException(ErrorCode.INTERNAL_ERROR, "The request failed.", failure));
  }

  private static RestResponse<String> answer(FacadeException failure) {
    Problem problem = Problem.of(failure);
    RestResponse.ResponseBuilder<String> response =
        RestResponse.ResponseBuilder.<String>create(problem.status()).entity(problem.body());
    problem.headers().forEach(response::header);
    return response.build();
  }
}
