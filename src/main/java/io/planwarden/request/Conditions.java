package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a condition that an operation would not look at: a change would be made although the
 * caller allowed it only under that condition. On a read, If-None-Match only saves an answer.
 */
@Singleton
public class Conditions {
  public static final String IF_MATCH = "If-Match";
  public static final String IF_NONE_MATCH = "If-None-Match";

  private record Reads(boolean ifMatch, boolean ifNoneMatch) {}

  private final Map<Method, Reads> declared = new ConcurrentHashMap<>();

  /** Checks that the operation declares the condition as a parameter. */
  @ServerRequestFilter(priority = FilterOrder.CONDITIONS)
  public void check(ResourceInfo resource, RoutingContext http) {
    var headers = http.request().headers();
    boolean match = headers.contains(IF_MATCH);
    boolean noneMatch = headers.contains(IF_NONE_MATCH);
    if (!match && !noneMatch) {
      return;
    }
    Reads reads = declared.computeIfAbsent(resource.getResourceMethod(), Conditions::of);
    if (match && !reads.ifMatch()) {
      throw unread(IF_MATCH);
    }
    if (noneMatch && !reads.ifNoneMatch() && !isRead(http)) {
      throw unread(IF_NONE_MATCH);
    }
  }

  private static boolean isRead(RoutingContext http) {
    String method = http.request().method().name();
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Reads of(Method operation) {
    return new Reads(declares(operation, IF_MATCH), declares(operation, IF_NONE_MATCH));
  }

  private static boolean declares(Method operation, String header) {
    return Arrays.stream(operation.getParameters())
        .map(parameter -> parameter.getAnnotation(RestHeader.class))
        .anyMatch(each -> each != null && each.value().equals(header));
  }

  private static FacadeException unread(String header) {
    return FacadeException.field(
        ErrorCode.INVALID_PARAMETER, header, "is not a condition of this operation");
  }
}
