package io.planwarden.security;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcEndpoint.Type;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Shows a token of our own where an identity provider's keys are read: Kubernetes tells them only
 * to those whom it knows. Its file is read now and then, because Kubernetes replaces it before it
 * expires, and not when it is shown, which is on an event loop. Thread-safe.
 */
@Singleton
@Unremovable
@OidcEndpoint({Type.DISCOVERY, Type.JWKS})
public class KeysToken implements OidcRequestFilter {
  private static final Logger LOG = Logger.getLogger(KeysToken.class);

  /** What is shown, if any was read yet, and what is wrong with the file as it is now. */
  private record Reading(@Nullable String token, @Nullable String fault) {}

  private final Optional<Path> file;
  private volatile Reading reading;

  @Inject
  KeysToken(SecurityConfig config) {
    this(config.oidc().keysTokenFile().map(Path::of));
  }

  /** Reads the file for the first time; blocks. */
  KeysToken(Optional<Path> file) {
    this.file = file;
    this.reading = file.map(path -> read(path, null)).orElse(new Reading(null, null));
  }

  /** Reads the file again; one that cannot be read leaves in use what was. */
  @Scheduled(every = "10s", delayed = "10s")
  void refresh() {
    Reading known = reading;
    file.map(path -> read(path, known.token()))
        .ifPresent(
            found -> {
              reading = found;
              if (found.fault() != null && !found.fault().equals(known.fault())) {
                LOG.warnf(
                    "token for the provider's keys: %s; the last one stays in use", found.fault());
              }
            });
  }

  private static Reading read(Path file, @Nullable String known) {
    try {
      return new Reading(Files.readString(file).strip(), null);
    } catch (IOException e) {
      return new Reading(known, "it cannot be read: " + e);
    }
  }

  @Override
  public void filter(OidcRequestContext context) {
    Reading shown = reading;
    if (shown.token() != null) {
      context.request().putHeader("Authorization", "Bearer " + shown.token());
    } else if (shown.fault() != null) {
      throw new IllegalStateException("token for the provider's keys: " + shown.fault());
    }
  }
}
