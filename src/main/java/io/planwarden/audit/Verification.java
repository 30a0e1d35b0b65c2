package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the chain found.
 *
 * @param rows how many rows were read
 * @param firstSeq number of the first row that is there, null if there is none
 * @param lastSeq number of the last row that is there, null if there is none
 * @param head the end of the chain, an anchor to keep; null if there is no row or something is bad
 * @param anchor the anchor that was checked against, null without one
 * @param beyondAnchor the rows that the anchor does not vouch for, without one all; null if none
 * @param archivedThrough number of the last row that a {@code cut} row says was archived
 * @param firstBad the finding with the smallest number, null if there is none
 * @param findings all that is wrong, by number; at most {@link ChainCheck#MOST_FINDINGS}
 * @param unproven what is not shown to be wrong and cannot be proved from what was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(
    Verdict verdict,
    long rows,
    @Nullable Long firstSeq,
    @Nullable Long lastSeq,
    @Nullable Anchor head,
    @Nullable Anchor anchor,
    @Nullable Range beyondAnchor,
    @Nullable Long archivedThrough,
    @Nullable Finding firstBad,
    List<Finding> findings,
    List<String> unproven) {

  /** The one word for it. */
  public enum Verdict {
    /** Every row up to the anchor is as it was written. */
    GOOD,
    /** Something is wrong. */
    BAD,
    /**
     * Nothing is shown to be wrong, but something rests on rows that are not here: the anchor's row
     * is archived or lost, or rows before it were archived after the anchor was taken.
     */
    UNPROVEN;

    /** The word in answers. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rows from one number to another, both included. */
  public record Range(long from, long to) {}
}
