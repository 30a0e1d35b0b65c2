package io.planwarden.ratelimit;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Set;

/** What is counted apart. */
enum Limit {
  READS,
  CHANGES;

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** What a request counts as; whatever is not known to be safe is a change. */
  static Limit of(HttpMethod method) {
    return SAFE.contains(method) ? READS : CHANGES;
  }

  /** As callers, metrics and the log see it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
