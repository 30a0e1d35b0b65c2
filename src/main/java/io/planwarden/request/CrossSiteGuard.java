package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Refuses changes that a page of another site makes a browser send. Programs that are no browser
 * send neither of the two headers.
 */
@Singleton
class CrossSiteGuard {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  void register(@Observes Router router) {
    router.route().order(FilterOrder.CROSS_SITE).handler(CrossSiteGuard::check);
  }

  private static void check(RoutingContext http) {
    if (SAFE.contains(http.request().method()) || isOwnSite(http.request())) {
      http.next();
    } else {
      EarlyAnswer.send(
          http,
          new FacadeException(
              ErrorCode.CROSS_SITE_REQUEST, "A page of another site may not change anything."));
    }
  }

  private static boolean isOwnSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    // Browsers leave Sec-Fetch-Site out towards a plain-HTTP name that is not loopback.
    String origin = request.getHeader("Origin");
    return origin == null || String.valueOf(request.authority()).equalsIgnoreCase(host(origin));
  }

  private static String host(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? "" : origin.substring(scheme + "://".length());
  }
}
