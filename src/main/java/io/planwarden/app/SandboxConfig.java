package io.planwarden.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The simulated NCP inside this process. */
@ConfigMapping(prefix = "planwarden.sandbox")
public interface SandboxConfig {
  /** Whether Planwarden talks to its own sandbox instead of NCP; see docs/sandbox.md. */
  @WithDefault("false")
  boolean enabled();

  /** The sandbox's loopback port; 0 is any free one. */
  @WithDefault("0")
  int port();
}
