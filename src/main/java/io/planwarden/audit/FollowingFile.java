package io.planwarden.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands a file's rows on to the check of several. It may begin with rows that were read already, up
 * to the last one: what is in an archive is removed some time later. They are the same if they link
 * among themselves and end with the hash of that last row, for it covers all before it.
 */
final class FollowingFile {
  private final ChainCheck whole;
  private final @Nullable Anchor end;
  private @Nullable ChainCheck again;
  private boolean goesOn;

  FollowingFile(ChainCheck whole) {
    this.whole = whole;
    this.end = whole.last();
  }

  /** Takes the next row. */
  void add(StoredRow row) {
    Optional<RowFacts> read =
        goesOn || end == null
            ? Optional.empty()
            : RowFacts.of(row.text()).filter(facts -> facts.seq() <= end.seq());
    if (read.isEmpty()) {
      goesOn = true;
      whole.add(row);
      return;
    }
    if (again == null) {
      RowFacts first = read.get();
      again = new ChainCheck(end, new Anchor(first.seq() - 1, first.prevHash()));
    }
    again.add(row);
  }

  /** To be called once, behind the last row. */
  void end() {
    if (again != null && end != null && again.end().verdict() != Verification.Verdict.GOOD) {
      whole.differ(end);
    }
  }
}
