package io.planwarden.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for changes. */
@ConfigMapping(prefix = "planwarden.change")
public interface ChangeConfig {
  /** How long a change waits for others of the same target. */
  @WithDefault("10s")
  Duration lockWait();

  /** How long a lost answer may still take effect. */
  @WithDefault("60s")
  Duration horizon();

  /** For how long after a change of ours NCP's reads are not believed to be up to date. */
  @WithDefault("10s")
  Duration stalenessWindow();

  /**
   * Whether edits, attaches, detaches and assignments read their target before they are sent.
   * Patches, and changes under If-Match, read it always. Without it nothing is refused or found to
   * be so already before NCP is asked, and the audit's rows of these changes have no {@code
   * before}. All other changes read it always.
   */
  @WithDefault("true")
  boolean beforeRead();

  /**
   * Whether the same changes are read back where NCP's answer does not show the target. Without it
   * NCP's word counts, and the rows have no {@code after}. A change whose answer is lost, or that
   * was sent more than once, is always looked at.
   */
  @WithDefault("true")
  boolean readBack();

  /**
   * Whether a plan or default limits are edited or deleted only under If-Match, so that nobody
   * overwrites what they did not see.
   */
  @WithDefault("false")
  boolean requireIfMatch();

  /** How long a caller waits for a change whose answer does not tell to be settled by reading. */
  @WithDefault("5s")
  Duration settleWait();

  /** When a create that was not seen by the horizon is looked for the first time again. */
  @WithDefault("10m")
  Duration firstLaterLook();

  /** When it is looked for the last time. */
  @WithDefault("24h")
  Duration lastLaterLook();
}
