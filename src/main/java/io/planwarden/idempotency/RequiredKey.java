package io.planwarden.idempotency;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.FilterOrder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a POST without a key, where configuration demands one. */
@Singleton
public class RequiredKey {
  // Its POSTs change nothing in NCP, and say themselves what they stand for.
  private static final String AUDIT = "/v1/audit/";

  // Filters are made before the configuration of the run is known.
  private final Instance<IdempotencyConfig> config;

  RequiredKey(Instance<IdempotencyConfig> config) {
    this.config = config;
  }

  /** Looks whether there is one; what it looks like is checked where it is used. */
  @ServerRequestFilter(priority = FilterOrder.CONDITIONS)
  public void check(RoutingContext http) {
    if (http.request().method().equals(HttpMethod.POST)
        && !http.normalizedPath().startsWith(AUDIT)
        && !http.request().headers().contains(IdempotencyKey.HEADER)
        && config.get().requireForPost()) {
      throw new FacadeException(
          ErrorCode.IDEMPOTENCY_KEY_REQUIRED,
          "The header " + IdempotencyKey.HEADER + " is required here.");
    }
  }
}
