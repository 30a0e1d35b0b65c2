package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers only under known names. A web page may point a name of its own at this address (DNS
 * rebinding) and would then be of the same origin as the API; only the name gives it away.
 */
@Singleton
public class HostGuard {
  private static final String ANY = "*";
  private static final Pattern NAME = Pattern.compile("\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~-]+");
  private static final Pattern AUTHORITY = Pattern.compile("(?<name>" + NAME + ")(:[0-9]{1,5})?");

  private final Set<String> allowed;
  // Nearly all requests say the same, so it is not taken apart for each.
  private volatile @Nullable String lastAllowed;

  HostGuard(RequestConfig config) {
    allowed =
        config.allowedHosts().stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a Host header can give this as its name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  void register(@Observes Router router) {
    router.route().order(FilterOrder.HOST).handler(this::check);
  }

  private void check(RoutingContext http) {
    // As it was sent: what a proxy header says instead could be said by anybody.
    String host = http.request().getHeader("Host");
    if (host != null && host.equals(lastAllowed)) {
      http.next();
      return;
    }
    Matcher authority = AUTHORITY.matcher(host == null ? "" : host);
    if (!authority.matches()) {
      EarlyAnswer.send(
          http,
          new FacadeException(
              ErrorCode.BAD_REQUEST, "The request has no well-formed Host header."));
    } else if (!isAllowed(authority.group("name"))) {
      EarlyAnswer.send(
          http,
          new FacadeException(
              ErrorCode.HOST_NOT_ALLOWED,
              "Planwarden does not answer as " + authority.group("name") + "."));
    } else {
      lastAllowed = host;
      http.next();
    }
  }

  boolean isAllowed(String name) {
    return allowed.contains(ANY) || allowed.contains(name.toLowerCase(Locale.ROOT));
  }
}
