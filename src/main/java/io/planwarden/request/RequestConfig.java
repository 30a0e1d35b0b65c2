package io.planwarden.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Rules for requests as such; see docs/tls.md for slow peers. */
@ConfigMapping(prefix = "planwarden.request")
public interface RequestConfig {
  /** How long a request may take, from its arrival to the answer. */
  @WithDefault("30s")
  Duration deadline();

  /**
   * How long the request line and headers may take, TLS handshake included: from the connection, or
   * from the first byte of a later request, to the last header.
   */
  @WithDefault("10s")
  Duration headerTimeout();

  /** How long a body may take; 408 then. */
  @WithDefault("10s")
  Duration bodyTimeout();

  /** How long a caller may take nothing of its answer. */
  @WithDefault("10s")
  Duration answerTimeout();

  /**
   * The names that Planwarden answers under: what the Host header may say, without its port. The
   * default is loopback only, so that no web page can point a name of its own here. An entry {@code
   * *} allows every name; do that only where each caller has to prove who it is. See docs/input.md.
   */
  @WithDefault("localhost,127.0.0.1,[::1]")
  List<String> allowedHosts();
}
