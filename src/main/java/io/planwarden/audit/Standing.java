package io.planwarden.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the writer of the audit does.
 *
 * @param trouble why nothing can be written and what an operator can do, null if all is well
 * @param since when the trouble was noticed
 * @param waiting how many rows and tasks wait
 * @param head number of the last row
 * @param open the operations that no row has ended yet, as of the last look
 */
public record Standing(
    @Nullable String trouble,
    @Nullable Instant since,
    int waiting,
    long head,
    OpenOperations open) {
  /** Whether changes are accepted. */
  public boolean isWritable() {
    return trouble == null;
  }
}
