package io.planwarden.ncp;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Where NCP is and how long to wait for it.
 *
 * @param origin scheme, host and port, without {@code /api/v1}
 * @param connectTimeout for the TCP connection, and again for TLS
 * @param attemptTimeout for one attempt, from asking for a connection to the answer's last byte
 * @param idleTimeout how long an unused connection is kept for another call
 * @param poolSize how many connections at most on each event loop
 * @param maxAnswerBytes the largest answer that is read
 */
public record NcpSettings(
    URI origin,
    Duration connectTimeout,
    Duration attemptTimeout,
    Duration idleTimeout,
    int poolSize,
    int maxAnswerBytes) {
  public NcpSettings {
    if (!isOrigin(origin)) {
      throw new IllegalArgumentException("The origin must be http(s)://host[:port] and no more");
    }
    requireAtLeast(Duration.ofMillis(1), connectTimeout, "connectTimeout");
    requireAtLeast(Duration.ofMillis(1), attemptTimeout, "attemptTimeout");
    requireAtLeast(Duration.ofSeconds(1), idleTimeout, "idleTimeout");
    if (poolSize < 1 || maxAnswerBytes < 1) {
      throw new IllegalArgumentException("poolSize and maxAnswerBytes must be at least 1");
    }
  }

  /** The defaults: connect 2 s, attempt 10 s, idle 5 s, 50 connections, answers up to 1 MiB. */
  public static NcpSettings of(URI origin) {
    return new NcpSettings(
        origin, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), 50, 1 << 20);
  }

  boolean tls() {
    return "https".equalsIgnoreCase(origin.getScheme());
  }

  int port() {
    int port = origin.getPort();
    if (port >= 0) {
      return port;
    }
    return tls() ? 443 : 80;
  }

  /** Whether it is scheme, host and port of HTTP, and no more. */
  public static boolean isOrigin(URI uri) {
    return uri.getScheme() != null
        && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static void requireAtLeast(Duration least, Duration value, String name) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }
}
