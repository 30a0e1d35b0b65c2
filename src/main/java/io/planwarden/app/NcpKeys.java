package io.planwarden.app;

import io.planwarden.ncp.Credentials;
import io.planwarden.ncp.KeyEvents;
import io.planwarden.ncp.KeyFileFault;
import io.planwarden.ncp.KeyPlace;
import io.planwarden.ncp.KeyRing;
import io.planwarden.ncp.Secret;
import io.planwarden.sandbox.SandboxSettings;
import java.time.InstantSource;
import java.util.Optional;

/** The key pairs that the configuration names; each message names the setting to change. */
final class NcpKeys {
  private static final String MAIN = "planwarden.ncp.";
  private static final String FALLBACK = MAIN + "fallback.";

  private NcpKeys() {}

  /** Whether the configuration names any key pair. */
  static boolean areGiven(NcpConfig config) {
    return isGiven(config) || isGiven(config.fallback());
  }

  /**
   * Whether the pairs can be had; warns of files that everybody may read.
   *
   * @throws StartRefused if they cannot be had
   */
  static void check(NcpConfig config) {
    of(config, InstantSource.system(), KeyEvents.NONE);
    KeyFileModes.check(config);
    KeyFileModes.check(config.fallback());
  }

  /** The sandbox's own pair. */
  static KeyRing ofSandbox(InstantSource clock, KeyEvents events) {
    Credentials pair =
        new Credentials(SandboxSettings.ACCESS_KEY, new Secret(SandboxSettings.SECRET_KEY));
    return new KeyRing(new KeyPlace.Given(pair), Optional.empty(), clock, events);
  }

  /**
   * The pairs of the configuration, read from their files.
   *
   * @throws StartRefused if they cannot be had
   */
  static KeyRing of(NcpConfig config, InstantSource clock, KeyEvents events) {
    if (!isGiven(config)) {
      throw missing(config);
    }
    KeyPlace main = place(MAIN, config);
    Optional<KeyPlace> fallback =
        isGiven(config.fallback())
            ? Optional.of(place(FALLBACK, config.fallback()))
            : Optional.empty();
    try {
      return new KeyRing(main, fallback, clock, events);
    } catch (KeyFileFault e) {
      throw new StartRefused(
          """
          A key of NCP cannot be had from its file.
          %s
          See planwarden.ncp.key-directory and planwarden.ncp.fallback.key-directory, or their
          access-key-file and secret-key-file."""
              .formatted(e.getMessage()));
    }
  }

  private static boolean isGiven(KeyPairConfig pair) {
    return hasValues(pair) || hasFiles(pair) || pair.keyDirectory().isPresent();
  }

  private static boolean hasValues(KeyPairConfig pair) {
    return pair.accessKey().isPresent() || pair.secretKey().isPresent();
  }

  private static boolean hasFiles(KeyPairConfig pair) {
    return pair.accessKeyFile().isPresent() || pair.secretKeyFile().isPresent();
  }

  private static KeyPlace place(String prefix, KeyPairConfig pair) {
    boolean values = hasValues(pair);
    boolean files = hasFiles(pair);
    boolean directory = pair.keyDirectory().isPresent();
    if ((values && files) || (values && directory) || (files && directory)) {
      throw new StartRefused(
          """
          A key pair of NCP is given in more than one way. Of these, use one:
            %1$saccess-key and %1$ssecret-key (or NCP_ACCESS_KEY and NCP_SECRET_KEY)
            %1$saccess-key-file and %1$ssecret-key-file
            %1$skey-directory"""
              .formatted(prefix));
    }
    if (directory) {
      return KeyPlace.directory(pair.keyDirectory().orElseThrow());
    }
    if (files) {
      if (pair.accessKeyFile().isEmpty() || pair.secretKeyFile().isEmpty()) {
        throw half(prefix + "access-key-file", prefix + "secret-key-file");
      }
      return new KeyPlace.Files(
          pair.accessKeyFile().orElseThrow(), pair.secretKeyFile().orElseThrow());
    }
    if (pair.accessKey().isEmpty() || pair.secretKey().isEmpty()) {
      throw prefix.equals(MAIN)
          ? missing(pair)
          : half(prefix + "access-key", prefix + "secret-key");
    }
    return new KeyPlace.Given(given(prefix, pair));
  }

  private static Credentials given(String prefix, KeyPairConfig pair) {
    try {
      return new Credentials(
          pair.accessKey().orElseThrow(), new Secret(pair.secretKey().orElseThrow()));
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "%saccess-key or %ssecret-key cannot be a key of NCP: %s."
              .formatted(prefix, prefix, e.getMessage()));
    }
  }

  private static StartRefused half(String one, String other) {
    return new StartRefused("Half a key pair is given: set both %s and %s.".formatted(one, other));
  }

  private static StartRefused missing(KeyPairConfig main) {
    return new StartRefused(
        """
        Credentials for NCP are missing:
          NCP_ACCESS_KEY  %s
          NCP_SECRET_KEY  %s
        Set both to a key pair of a sub account that may change usage plans, or set
        PLANWARDEN_NCP_KEY_DIRECTORY to a directory with the files access-key and secret-key, or set
        PLANWARDEN_SANDBOX_ENABLED=true to try Planwarden without an NCP account."""
            .formatted(isSet(main.accessKey()), isSet(main.secretKey())));
  }

  private static String isSet(Optional<String> key) {
    return key.isPresent() ? "is set" : "is not set";
  }
}
