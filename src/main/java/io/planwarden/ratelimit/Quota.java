package io.planwarden.ratelimit;

import java.time.Duration;

/**
 * How many requests of a kind one caller may make in one window.
 *
 * @param requests at least 1
 */
record Quota(Limit limit, long requests) {
  /** Long enough for a batch to be let through at once, short enough to wait for its end. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  /**
   * This process' part of a limit.
   *
   * @param perSecond at least 1
   * @param replicas at least 1; what does not divide is not granted, but for one request
   */
  static Quota of(Limit limit, int perSecond, int replicas) {
    return new Quota(limit, Math.max(1, perSecond * WINDOW.toSeconds() / replicas));
  }

  /** The field {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). */
  String policy() {
    return '"' + limit.word() + "\";q=" + requests + ";w=" + WINDOW.toSeconds();
  }
}
