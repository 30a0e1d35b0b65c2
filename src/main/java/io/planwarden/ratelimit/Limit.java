package io.planwarden.ratelimit;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** What is counted apart. */
enum Limit {
  READS("reads"),
  CHANGES("changes");

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final String word;

  Limit(String word) {
    this.word = word;
  }

  /** What a request counts as; whatever is not known to be safe is a change. */
  static Limit of(HttpMethod method) {
    return SAFE.contains(method) ? READS : CHANGES;
  }

  /** As callers, metrics and the log see it. */
  String word() {
    return word;
  }
}
