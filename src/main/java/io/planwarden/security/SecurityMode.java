package io.planwarden.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How callers are told apart. */
public enum SecurityMode {
  /** Not at all: whoever reaches the port may do everything. */
  NONE,
  /** By static tokens, listed as hashes in a file. */
  TOKEN,
  /** By tokens that an identity provider, or Kubernetes, has signed. */
  OIDC;

  /** The word in configuration, and the kind of such callers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode that the word stands for, if there is one. */
  public static Optional<SecurityMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
