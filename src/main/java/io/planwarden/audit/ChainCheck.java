package io.planwarden.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds rows against each other, one after the other, in the order in which they are kept; memory
 * does not grow with their number. Belongs to one thread at a time.
 */
final class ChainCheck {
  /** How many findings are told. */
  static final int MOST_FINDINGS = 100;

  /** A row of which only the next row tells whether it is wrong or the one before it. */
  private record Doubt(Kind kind, long expected, long seq, String hash) {
    enum Kind {
      /** It does not name the hash of the row before it. */
      LINK,
      /** Rows before it are missing, or it stands too early. */
      GAP
    }
  }

  private final @Nullable Anchor anchor;
  private final boolean startIsGiven;
  private final Testimony testimony;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Finding firstBad;
  private long rows;
  private long next = 1;
  // The hashes that the next row may name; empty if nothing is known of the row before it.
  private Set<String> before = Set.of(Canonical.GENESIS);
  private boolean beforeIsBad;
  private @Nullable Long firstSeq;
  private String beforeFirst = Canonical.GENESIS;
  private @Nullable Anchor last;
  private @Nullable String hashAtAnchor;
  private @Nullable Doubt doubt;

  /**
   * @param anchor what somebody outside kept, null if nothing
   * @param after the row that the first row must follow; null if the chain must begin at its first
   *     row, or after rows that a {@code cut} row accounts for
   */
  ChainCheck(@Nullable Anchor anchor, @Nullable Anchor after) {
    this.anchor = anchor;
    testimony = new Testimony(anchor);
    startIsGiven = after != null;
    if (after != null) {
      next = after.seq() + 1;
      before = Set.of(after.hash());
      beforeFirst = after.hash();
    }
  }

  /** Takes the next row. */
  void add(StoredRow row) {
    rows++;
    Optional<RowFacts> read = RowFacts.of(row.text());
    long seq = row.beside() != null ? row.beside().seq() : read.map(RowFacts::seq).orElse(next);
    decide(seq, read.map(RowFacts::prevHash).orElse(null));
    long bad = bad();
    String hash = row.text() == null ? "" : Canonical.hash(row.text());
    boolean inPlace = read.isPresent() && read.get().seq() == seq;
    checkPlace(row, seq, hash, inPlace ? read.get().prevHash() : null);
    if (read.isEmpty()) {
      found(seq, Fault.EDITED, row.place() + " is not a row");
    } else {
      checkItself(row, read.get(), hash);
      testimony.hear(read.get());
    }
    beforeIsBad = bad() > bad;
    if (anchor != null && seq == anchor.seq()) {
      hashAtAnchor = hash;
    }
    advance(seq, hash, row.hash());
  }

  private void advance(long seq, String hash, @Nullable String stored) {
    next = seq + 1;
    // What was edited keeps its old hash beside it, and the next row names that one.
    before = stored == null || stored.equals(hash) ? Set.of(hash) : Set.of(hash, stored);
    last = new Anchor(seq, hash);
  }

  private void checkItself(StoredRow row, RowFacts facts, String hash) {
    StoredRow.Beside beside = row.beside();
    long seq = beside == null ? facts.seq() : beside.seq();
    if (row.hash() != null && !row.hash().equals(hash)) {
      found(seq, Fault.EDITED, row.place() + " does not have the hash that is kept with it");
    }
    if (beside == null) {
      return;
    }
    if (seq != facts.seq()) {
      found(seq, Fault.SWAPPED, row.place() + " holds row " + facts.seq());
    } else if (!facts.operationId().equals(beside.operationId())
        || !facts.phase().equals(beside.phase())) {
      found(seq, Fault.EDITED, row.place() + " has columns that differ from its text");
    }
  }

  /** Looks at how the row follows the one before it; {@code prevHash} is null if unknown. */
  private void checkPlace(StoredRow row, long seq, String hash, @Nullable String prevHash) {
    if (firstSeq == null) {
      firstSeq = seq;
      if (seq > 1 && !startIsGiven) {
        // Whether a cut row accounts for what is missing is known at the end.
        beforeFirst = prevHash == null ? "" : prevHash;
        return;
      }
    }
    if (seq > next) {
      doubt = new Doubt(Doubt.Kind.GAP, next, seq, hash);
    } else if (seq < next) {
      found(seq, Fault.INSERTED, row.place() + " is row " + seq + " and does not belong there");
    } else if (prevHash != null && !beforeIsBad && !before.contains(prevHash)) {
      doubt = new Doubt(Doubt.Kind.LINK, seq - 1, seq, hash);
    }
  }

  /** Decides what was in doubt by the row that follows it; null if none does. */
  private void decide(@Nullable Long seq, @Nullable String prevHash) {
    Doubt open = doubt;
    doubt = null;
    if (open == null) {
      return;
    }
    long expected = open.expected();
    switch (open.kind()) {
      case GAP -> {
        if (seq != null && seq == expected) {
          found(seq, Fault.INSERTED, "row " + open.seq() + " stands before row " + seq);
        } else if (seq != null && seq == expected + 1) {
          found(expected, Fault.SWAPPED, "row " + open.seq() + " stands in its place");
        } else {
          found(expected, Fault.DELETED, missing(expected, open.seq() - 1));
        }
      }
      case LINK -> {
        // A row that its successor or the anchor names is as it was; then the one before it is not.
        boolean vouchedFor =
            open.hash().equals(prevHash) || new Anchor(open.seq(), open.hash()).equals(anchor);
        long start = firstSeq == null ? expected : firstSeq;
        found(
            vouchedFor && expected >= start ? expected : open.seq(),
            Fault.EDITED,
            "row " + open.seq() + " does not name the hash of row " + expected);
      }
    }
  }

  private static String missing(long from, long to) {
    return from == to
        ? "row " + from + " is missing"
        : "rows " + from + " to " + to + " are missing";
  }

  private long bad() {
    return findings.size();
  }

  private void found(long seq, Fault fault, String detail) {
    Finding finding = new Finding(seq, fault, detail);
    if (firstBad == null || seq < firstBad.seq()) {
      firstBad = finding;
    }
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  /** Takes it as wrong that rows up to this one were read twice, and are not the same. */
  void differ(Anchor through) {
    found(
        through.seq(),
        Fault.INSERTED,
        "rows up to it are in two files, and the second is not the same or not whole: check each alone");
  }

  /** The row that was read last, null before the first. */
  @Nullable Anchor last() {
    return last;
  }

  /** The row that the first row follows, as that says itself; null at the beginning. */
  @Nullable Anchor start() {
    return firstSeq == null || firstSeq <= 1 ? null : new Anchor(firstSeq - 1, beforeFirst);
  }

  /** Ends the check; to be called once. */
  Verification end() {
    decide(null, null);
    List<String> unproven = new ArrayList<>();
    checkStart(unproven);
    checkAnchor(unproven);
    findings.sort(Comparator.comparingLong(Finding::seq));
    Verification.Verdict verdict =
        firstBad != null
            ? Verification.Verdict.BAD
            : unproven.isEmpty() ? Verification.Verdict.GOOD : Verification.Verdict.UNPROVEN;
    return new Verification(
        verdict,
        rows,
        firstSeq,
        last == null ? null : Long.valueOf(last.seq()),
        verdict == Verification.Verdict.BAD ? null : last,
        anchor,
        beyond(),
        testimony.removed() == null ? null : Long.valueOf(testimony.removed().seq()),
        firstBad,
        List.copyOf(findings),
        List.copyOf(unproven));
  }

  private Verification.@Nullable Range beyond() {
    if (firstSeq == null || last == null) {
      return null;
    }
    long from = anchor == null ? firstSeq : Math.max(firstSeq, anchor.seq() + 1);
    return from > last.seq() ? null : new Verification.Range(from, last.seq());
  }

  private void checkStart(List<String> unproven) {
    if (startIsGiven || firstSeq == null || firstSeq <= 1) {
      return;
    }
    long gone = firstSeq - 1;
    Anchor removed = testimony.removed();
    if (!testimony.accountsFor(gone, beforeFirst)) {
      found(
          removed == null ? 1 : Math.min(gone, removed.seq() + 1),
          Fault.DELETED,
          missing(1, gone) + ", and no cut row says that all of them were archived");
    } else if (anchor != null && anchor.seq() > gone && testimony.removedAt() > anchor.seq()) {
      unproven.add(
          "rows up to %d were archived after the anchor was taken, as row %d says; check their"
                  .formatted(gone, testimony.removedAt())
              + " archive as well");
    }
  }

  private void checkAnchor(List<String> unproven) {
    if (anchor == null || anchor.hash().equals(hashAtAnchor)) {
      return;
    }
    long seq = anchor.seq();
    long end = last == null ? next - 1 : last.seq();
    long start = firstSeq == null ? next : firstSeq;
    String loss = testimony.loss();
    if (loss != null) {
      unproven.add(loss);
    } else if (seq > end) {
      found(
          end + 1,
          Fault.TRUNCATED,
          "the chain ends at row " + end + ", and the anchor is of row " + seq);
    } else if (seq < start - 1) {
      unproven.add("the anchor's row " + seq + " is archived; check its archive as well");
    } else if (seq == start - 1) {
      if (!anchor.hash().equals(beforeFirst)) {
        found(start, Fault.REWRITTEN, "row " + start + " does not name the anchor's hash");
      }
    } else {
      found(
          seq, Fault.REWRITTEN, "row " + seq + " is not the anchor's: it or rows before it differ");
    }
  }
}
