package io.planwarden.app;

import java.nio.file.Path;
import java.util.Optional;

/** Where one key pair of NCP comes from, in one of three ways. */
public interface KeyPairConfig {
  /** The access key itself. Required for the main pair, unless it comes from files. */
  Optional<String> accessKey();

  /** The secret key itself. Required for the main pair, unless it comes from files. */
  Optional<String> secretKey();

  /** The file that holds the access key; looked at again while the process runs. */
  Optional<Path> accessKeyFile();

  /** The file that holds the secret key; looked at again while the process runs. */
  Optional<Path> secretKeyFile();

  /**
   * The directory with the files {@code access-key} and {@code secret-key}, as a Kubernetes secret
   * is mounted; both are exchanged in one step there.
   */
  Optional<Path> keyDirectory();
}
