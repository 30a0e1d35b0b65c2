package io.planwarden.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the audit is kept. */
@ConfigMapping(prefix = "planwarden.storage")
public interface StorageConfig {
  /**
   * Which database: {@code sqlite}, a file, for one process; or {@code postgresql}, a server, which
   * several processes share, see docs/scaling.md.
   */
  @WithDefault("sqlite")
  String kind();

  /** The SQLite file; its folder is made if it does not exist. */
  @WithDefault("data/planwarden.db")
  String path();

  /**
   * The PostgreSQL database, {@code jdbc:postgresql://host:5432/database}, with the driver's
   * parameters ({@code ?sslmode=verify-full}, {@code &targetServerType=primary}). Required on
   * PostgreSQL.
   */
  Optional<String> url();

  /** Who logs in to PostgreSQL. */
  Optional<String> username();

  /** The password of that user; not together with the file. */
  Optional<String> password();

  /**
   * The file that holds the password instead, as a secret is mounted. It is read for each new
   * connection; a line end at its end is not part of the password.
   */
  Optional<Path> passwordFile();
}
