package io.planwarden.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for changes; see docs/architecture.md for the life of a change. */
@ConfigMapping(prefix = "planwarden.change")
public interface ChangeConfig {
  /** How long a change waits for others of the same target; 503 then. */
  @WithDefault("10s")
  Duration lockWait();

  /**
   * How long a change whose answer was lost may still take effect. That it did not is known only
   * when the staleness window has passed as well.
   */
  @WithDefault("60s")
  Duration horizon();

  /** For how long after a change of ours NCP's reads are not believed to be up to date. */
  @WithDefault("10s")
  Duration stalenessWindow();

  /**
   * Whether edits, attaches, detaches and assignments read their target before they are sent.
   * Without it nothing is refused or found to be so already before NCP is asked, and the audit's
   * rows of these changes have no {@code before} and say so in {@code unread}. All other changes
   * read it always, and so do patches and changes under {@code If-Match}. A change whose answer is
   * lost and that is not seen in effect then ends as {@code unknown}.
   */
  @WithDefault("true")
  boolean beforeRead();

  /**
   * Whether the same changes are read back where NCP's answer does not show the target. Without it
   * NCP's word counts, and the rows have no {@code after} and say so in {@code unread}. A change
   * whose answer is lost, or that was sent more than once, is always looked at.
   */
  @WithDefault("true")
  boolean readBack();

  /**
   * Whether plans and default limits are edited, patched and deleted only under {@code If-Match}
   * (428 without), so that nobody overwrites what they did not see.
   */
  @WithDefault("false")
  boolean requireIfMatch();

  /**
   * How long a caller waits for a change whose answer does not tell to be settled by reading. The
   * first look at what NCP took has 15 s; a later read that takes longer settles it behind the
   * caller.
   */
  @WithDefault("5s")
  Duration settleWait();

  /** When a create that was not seen by the horizon is looked for again for the first time. */
  @WithDefault("10m")
  Duration firstLaterLook();

  /** When such a create is looked for again for the last time. */
  @WithDefault("24h")
  Duration lastLaterLook();
}
