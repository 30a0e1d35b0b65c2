package io.planwarden.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the audit is kept. */
@ConfigMapping(prefix = "planwarden.storage")
public interface StorageConfig {
  /** Which database: a word of {@link StorageKind}. */
  @WithDefault("sqlite")
  String kind();

  /** The SQLite file; its folder is made if it does not exist. */
  @WithDefault("data/planwarden.db")
  String path();

  /** The PostgreSQL database: {@code jdbc:postgresql://host:port/database}, with parameters. */
  Optional<String> url();

  /** Who logs in to PostgreSQL. */
  Optional<String> username();

  /** The password of that user. */
  Optional<String> password();

  /** The file that holds the password instead, as a secret is mounted. */
  Optional<Path> passwordFile();
}
