package io.planwarden.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jboss.logging.Logger;

/**
 * Warns of secret keys that everybody on the machine may read. It does not refuse them: 0644 is
 * what Kubernetes mounts secrets with unless told otherwise.
 */
final class KeyFileModes {
  private static final Logger LOG = Logger.getLogger(KeyFileModes.class);

  private KeyFileModes() {}

  static void check(KeyPairConfig pair) {
    pair.secretKeyFile().ifPresent(KeyFileModes::check);
    pair.keyDirectory().ifPresent(directory -> check(directory.resolve("secret-key")));
  }

  private static void check(Path file) {
    if (isReadByAll(file)) {
      LOG.warnf(
          "every user may read the secret key file=%s: use mode 0400, or 0440 with a group"
              + " (Kubernetes: defaultMode)",
          file);
    }
  }

  static boolean isReadByAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      // No such modes here, or no such file, of which the reading of the pair tells.
      return false;
    }
  }
}
