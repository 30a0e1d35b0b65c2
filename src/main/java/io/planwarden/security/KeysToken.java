package io.planwarden.security;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcEndpoint.Type;
import io.quarkus.oidc.common.OidcRequestFilter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows a token of our own where an identity provider's keys are read: Kubernetes tells them only
 * to those whom it knows. Read each time, because Kubernetes replaces it before it expires.
 */
@Singleton
@Unremovable
@OidcEndpoint({Type.DISCOVERY, Type.JWKS})
public class KeysToken implements OidcRequestFilter {
  private final Optional<Path> file;

  KeysToken(SecurityConfig config) {
    this.file = config.oidc().keysTokenFile().map(Path::of);
  }

  @Override
  public void filter(OidcRequestContext context) {
    file.ifPresent(
        path -> {
          try {
            context
                .request()
                .putHeader("Authorization", "Bearer " + Files.readString(path).strip());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
