package io.planwarden.storage;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** What the pools of PostgreSQL log in with; asked for each new connection. */
@Singleton
@Unremovable
class PostgresCredentials implements CredentialsProvider {
  private static final Logger LOG = Logger.getLogger(PostgresCredentials.class);

  private final PostgresPassword password;

  PostgresCredentials(StorageConfig config) {
    this.password = PostgresPassword.of(config);
  }

  @Override
  public Map<String, String> getCredentials(String name) {
    try {
      String current = password.read();
      return current == null ? Map.of() : Map.of(PASSWORD_PROPERTY_NAME, current);
    } catch (StoreTrouble e) {
      // Without one the server refuses, and a refusal is what those who ask for connections expect.
      LOG.warn(e.getMessage());
      return Map.of();
    }
  }
}
