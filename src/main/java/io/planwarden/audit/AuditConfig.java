package io.planwarden.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the audit is written. */
@ConfigMapping(prefix = "planwarden.audit")
public interface AuditConfig {
  /**
   * How long a change waits for its row to be on disk before it is refused. On PostgreSQL a
   * statement may take as long, waiting for the lock half as long, an answer twice as long.
   */
  @WithDefault("1s")
  Duration patience();

  /** How many rows may wait to be written; a change that finds more is refused at once. */
  @WithDefault("4096")
  int queue();

  /** How often the database is looked at while it can be written. */
  @WithDefault("1s")
  Duration probe();

  /** How often the database is tried while it cannot be written. */
  @WithDefault("500ms")
  Duration retry();
}
