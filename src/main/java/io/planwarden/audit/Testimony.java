package io.planwarden.audit;

import org.jspecify.annotations.Nullable;

/** What the rows of a chain say themselves about rows that are no longer there. */
final class Testimony {
  private final @Nullable Anchor anchor;
  private @Nullable Anchor removed;
  private long removedAt;
  private @Nullable Anchor lost;
  private long restoredAt;

  Testimony(@Nullable Anchor anchor) {
    this.anchor = anchor;
  }

  void hear(RowFacts row) {
    Anchor cut = row.removed();
    if (cut != null && (removed == null || cut.seq() > removed.seq())) {
      removed = cut;
      removedAt = row.seq();
    }
    Anchor end = row.lost();
    // A restore loses what followed the backup, up to the end that it names, and nothing else.
    if (end != null && anchor != null && row.seq() <= anchor.seq() && anchor.seq() <= end.seq()) {
      lost = end;
      restoredAt = row.seq();
    }
  }

  /** The last row that was archived, null if none was. */
  @Nullable Anchor removed() {
    return removed;
  }

  /** Number of the row that says so. */
  long removedAt() {
    return removedAt;
  }

  /**
   * Whether the rows up to this one, of this hash, were archived. Rows are removed from the first
   * on and after the {@code cut} row; so fewer may be gone than it says.
   */
  boolean accountsFor(long gone, String hash) {
    return removed != null
        && (removed.seq() > gone || (removed.seq() == gone && removed.hash().equals(hash)));
  }

  /** How the anchor was lost, null if no row says so. */
  @Nullable String loss() {
    return lost == null
        ? null
        : "row %d records a restore; the anchor is of the chain whose rows %d to %d it lost"
            .formatted(restoredAt, restoredAt, lost.seq());
  }
}
