package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshTermsTest {
  private static final String PLAN = Term.PLAN.of("plan1");

  @TempDir Path folder;
  private final FreshTerms fresh = new FreshTerms();
  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    connection = SampleChain.create(folder.resolve("a.db"), 0);
  }

  @Test
  void rowsThatFollowTheIndex_areTakenIn_oncePerStep() throws Exception {
    add(1, FreshTerms.STEP - 1);
    assertThat(fresh.areEnough()).isFalse();
    add(FreshTerms.STEP, 2L * FreshTerms.STEP + 10);

    assertThat(fresh.index(connection)).isEqualTo(FreshTerms.STEP);
    assertThat(fresh.index(connection)).isEqualTo(2L * FreshTerms.STEP);
    assertThat(fresh.areEnough()).isFalse();
    assertThat(fresh.index(connection)).as("the rest waits").isEqualTo(2L * FreshTerms.STEP);

    assertThat(found()).isEqualTo(planned(1, 2L * FreshTerms.STEP));
  }

  @Test
  void step_endsWithItsPart() throws Exception {
    long end = Posting.PART;
    TermIndex.take(connection, IndexStep.of(0, terms(end - 20, end - 20)));
    add(end - 19, end + FreshTerms.STEP);

    assertThat(fresh.index(connection)).isEqualTo(end);
    assertThat(fresh.index(connection)).isEqualTo(end + FreshTerms.STEP);

    assertThat(found()).isEqualTo(planned(end - 20, end + FreshTerms.STEP));
  }

  @Test
  void rowsThatAreInTheIndexAlready_areNotTakenInAgain() throws Exception {
    add(1, FreshTerms.STEP + 100);
    // As a query does that could not wait.
    TermIndex.take(connection, IndexStep.of(0, terms(1, 100)));

    assertThat(fresh.index(connection)).isEqualTo(FreshTerms.STEP + 100L);

    assertThat(found()).isEqualTo(planned(1, FreshTerms.STEP + 100L));
  }

  @Test
  void anIndexThatIsBehind_isLeftToWhoeverReadsTheRows() throws Exception {
    add(301, 300L + FreshTerms.STEP);

    assertThat(fresh.index(connection)).isZero();

    assertThat(fresh.areEnough()).as("they do not pile up").isFalse();
    assertThat(found()).isEmpty();
  }

  @Test
  void rowsOfSomebodyElseBetween_areNotLeftOut() throws Exception {
    add(1, FreshTerms.STEP - 1);
    add(FreshTerms.STEP + 1, 2L * FreshTerms.STEP);

    assertThat(fresh.index(connection)).isZero();

    assertThat(found()).isEmpty();
  }

  private void add(long from, long through) {
    LongStream.rangeClosed(from, through).mapToObj(FreshTermsTest::row).forEach(fresh::add);
  }

  private static AuditRow row(long seq) {
    return SampleChain.row((int) seq).linked(seq, SampleChain.START, Canonical.GENESIS);
  }

  private static List<RowTerms> terms(long from, long through) {
    return LongStream.rangeClosed(from, through)
        .mapToObj(seq -> new RowTerms(seq, Term.of(row(seq))))
        .toList();
  }

  /** The rows of the plan, newest first. */
  private static List<Long> planned(long from, long through) {
    return LongStream.rangeClosed(from, through)
        .map(seq -> through - seq + from)
        .filter(seq -> seq % 5 == 1)
        .boxed()
        .toList();
  }

  private List<Long> found() throws SQLException {
    return new TermWalk(List.of(PLAN), 1, Long.MAX_VALUE)
        .find(connection, 10_000, seq -> true)
        .seqs();
  }
}
