package io.planwarden.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the audit is kept. */
@ConfigMapping(prefix = "planwarden.storage")
public interface StorageConfig {
  /** Which database: {@code sqlite}. */
  @WithDefault("sqlite")
  String kind();

  /** The SQLite file; its folder is made if it does not exist. */
  @WithDefault("data/planwarden.db")
  String path();
}
