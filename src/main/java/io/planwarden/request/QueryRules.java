package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what an operation would not look at. A misspelt {@code dryRun} that is ignored would be a
 * change that nobody wanted.
 */
@Singleton
public class QueryRules {
  private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

  /** Checks the names of the parameters, how often each is there, and that it is text. */
  @ServerRequestFilter(priority = FilterOrder.QUERY)
  public void check(ResourceInfo resource, RoutingContext http) {
    MultiMap query = http.queryParams();
    if (query.isEmpty()) {
      return;
    }
    Set<String> known = declared.computeIfAbsent(resource.getResourceMethod(), QueryParameters::of);
    for (String name : query.names()) {
      List<String> values = query.getAll(name);
      if (!known.contains(name)) {
        throw invalid(
            name, known.isEmpty() ? "is not known; there are none" : "is none of " + list(known));
      }
      if (values.size() > 1) {
        throw invalid(name, "must be there once");
      }
      if (values.get(0).isEmpty()) {
        throw invalid(name, "must not be empty");
      }
      // What is not UTF-8 has become this character, and would be looked for as such.
      if (values.get(0).indexOf('\uFFFD') >= 0) {
        throw invalid(name, "must be percent-encoded UTF-8");
      }
    }
  }

  private static String list(Set<String> known) {
    return String.join(", ", known);
  }

  private static FacadeException invalid(String name, String rule) {
    StringBuilder field = new StringBuilder();
    name.codePoints().limit(100).map(JsonPaths::printable).forEach(field::appendCodePoint);
    return FacadeException.field(ErrorCode.INVALID_PARAMETER, field.toString(), rule);
  }
}
