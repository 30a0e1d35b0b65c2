package io.planwarden.security;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.FilterOrder;
import io.planwarden.request.ProblemAnswers;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the platform's refusals into problems, in place of its answers without a body. */
public class SecurityAnswers {
  private final ProblemAnswers problems;
  private final Unauthenticated unauthenticated;

  SecurityAnswers(ProblemAnswers problems, Unauthenticated unauthenticated) {
    this.problems = problems;
    this.unauthenticated = unauthenticated;
  }

  /** A known caller without the role. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> forbidden(ForbiddenException failure) {
    return problems.facade(
        new FacadeException(
            ErrorCode.FORBIDDEN, "The caller does not have the role that this needs."));
  }

  /** Nobody knows who it is. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> unauthorized(UnauthorizedException failure, RoutingContext http) {
    return problems.facade(unauthenticated.problem(http));
  }

  /** It is not who it says it is. */
  @ServerExceptionMapper(priority = FilterOrder.OWN_MAPPER)
  public RestResponse<String> failed(AuthenticationFailedException failure, RoutingContext http) {
    return problems.facade(unauthenticated.problem(http));
  }
}
