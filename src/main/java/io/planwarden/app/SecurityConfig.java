package io.planwarden.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may call. */
@ConfigMapping(prefix = "planwarden.security")
public interface SecurityConfig {
  /** How callers are told apart: {@code none}. */
  @WithDefault("none")
  String mode();
}
