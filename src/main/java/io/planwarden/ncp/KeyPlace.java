package io.planwarden.ncp;

import java.nio.file.Path;

/** Where a key pair comes from. */
public sealed interface KeyPlace {
  /** A pair that is given once and for all. */
  record Given(Credentials credentials) implements KeyPlace {}

  /**
   * Two files, each with one key and at most white space around it. They may be links; where both
   * lead into one directory, and later both into another, the pair is exchanged in one step, as
   * Kubernetes does it.
   */
  record Files(Path accessKey, Path secretKey) implements KeyPlace {}

  /** A directory, as a Kubernetes secret is mounted: {@code access-key} and {@code secret-key}. */
  static KeyPlace directory(Path directory) {
    return new Files(directory.resolve("access-key"), directory.resolve("secret-key"));
  }
}
