package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.storage.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page reads as many rows as it returns, however many there are: nothing scans or sorts. */
class QueryPlanTest {
  @TempDir Path folder;

  @Test
  void everyStatement_goesStraightToItsRows() throws Exception {
    try (Connection connection = SampleChain.create(folder.resolve("a.db"), 10)) {
      assertThat(plan(connection, AuditQuery.NEWEST))
          .containsExactly("SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
      assertThat(plan(connection, AuditQuery.ONE))
          .containsExactly("SEARCH audit USING INTEGER PRIMARY KEY (rowid=?)");
      assertThat(plan(connection, SeqRange.FIRST_OF))
          .containsExactly("SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
      assertThat(plan(connection, AuditQuery.OF_OPERATION))
          .containsExactly("SEARCH audit USING INDEX audit_operation (operation_id=?)");
      assertThat(plan(connection, TermWalk.WALK))
          .containsExactly(
              "SEARCH audit_posting USING PRIMARY KEY (part=? AND term=? AND last>? AND last<?)");
      assertThat(plan(connection, TermWalk.STEP))
          .containsExactly("SEARCH audit_posting USING PRIMARY KEY (part=? AND term=? AND last>?)");
      assertThat(plan(connection, TermWalk.AMOUNT))
          .containsExactly(
              "SEARCH audit_posting USING PRIMARY KEY (part=? AND term=? AND last>? AND last<?)");
      assertThat(plan(connection, TermWalk.PARTS))
          .filteredOn(step -> step.contains("audit_posting"))
          .containsOnly("SEARCH audit_posting USING PRIMARY KEY");
      assertThat(plan(connection, AuditQuery.BEGINS)).noneMatch(step -> step.startsWith("SCAN"));
      assertThat(plan(connection, AuditArchive.OPEN))
          .filteredOn(step -> step.matches("(SCAN|SEARCH) a\\b.*"))
          .containsExactly("SEARCH a USING COVERING INDEX audit_operation (operation_id=?)");
    }
  }

  @Test
  void everyStatement_doesSoOnPostgresToo() throws Exception {
    TestPostgres database = new TestPostgres(folder.resolve("plans"));
    for (String sql :
        List.of(
            AuditQuery.NEWEST,
            AuditQuery.ONE,
            AuditQuery.OF_OPERATION,
            AuditQuery.BEGINS,
            AuditArchive.OPEN,
            SeqRange.FIRST_OF,
            TermWalk.AMOUNT,
            TermWalk.PARTS,
            TermWalk.STEP,
            TermWalk.WALK)) {
      assertThat(database.plan(sql)).as(sql).contains("Index").doesNotContain("Seq Scan", "Sort");
    }
  }

  @Test
  void searchThatFindsLittle_endsThePageAndSaysWhereToGoOn() throws Exception {
    try (Connection connection = SampleChain.create(folder.resolve("b.db"), 0)) {
      int many = TermWalk.MOST_ROWS + 500;
      Map<String, List<Long>> rows = new TreeMap<>();
      for (long i = 1; i <= many; i++) {
        // Both terms are common; they meet in one row, the oldest.
        add(rows, i == 1 || i % 2 == 0 ? "a" : "b", i);
        add(rows, i == 1 ? "b" : "c", i);
        add(rows, "d", i);
      }
      store(connection, rows);
      TermWalk walk = new TermWalk(List.of("d", "d"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true))
          .isEqualTo(new TermWalk.Found(List.of((long) many, many - 1L, many - 2L), many - 2L));
      walk = new TermWalk(List.of("d", "nothing"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true))
          .isEqualTo(new TermWalk.Found(List.of(), null));
      walk = new TermWalk(List.of("d"), 1, many + 1);
      TermWalk.Found first = walk.find(connection, 3, seq -> seq == 1);
      assertThat(first.seqs()).isEmpty();
      assertThat(first.next()).isEqualTo(many - TermWalk.MOST_ROWS + 1L);
      assertThat(new TermWalk(List.of("d"), 1, first.next()).find(connection, 3, seq -> seq == 1))
          .isEqualTo(new TermWalk.Found(List.of(1L), null));
      walk = new TermWalk(List.of("a", "b"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true).seqs()).containsExactly(1L);
    }
  }

  @Test
  void anySearch_findsWhatAPlainOneFinds() throws Exception {
    Random random = new Random(7);
    try (Connection connection = SampleChain.create(folder.resolve("c.db"), 0)) {
      // Around the end of a part; the oldest rows were archived.
      long first = Posting.PART - 700;
      long end = first + 1_500;
      Map<String, List<Long>> rows = new TreeMap<>();
      Map<String, Integer> oneIn =
          new TreeMap<>(Map.of("always", 1, "often", 3, "seldom", 90, "rarely", 500));
      for (long i = first; i < end; i++) {
        for (String term : oneIn.keySet()) {
          if (random.nextInt(oneIn.get(term)) == 0) {
            add(rows, term, i);
          }
        }
      }
      store(connection, rows);
      for (int i = 0; i < 500; i++) {
        List<String> terms = new ArrayList<>(oneIn.keySet());
        Collections.shuffle(terms, random);
        terms = terms.subList(0, 1 + random.nextInt(terms.size()));
        long low = random.nextInt(4) == 0 ? 0 : random.nextLong(first, end);
        long high = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(low, end + 100);
        List<Long> wanted = new ArrayList<>(rows.get("always"));
        terms.forEach(term -> wanted.retainAll(rows.get(term)));
        wanted.removeIf(seq -> seq < low || seq >= high);

        assertThat(all(connection, terms, low, high, 1 + random.nextInt(40)))
            .as("%s from %d to %d", terms, low, high)
            .isEqualTo(wanted);
      }
    }
  }

  /** Page by page. */
  private static List<Long> all(
      Connection connection, List<String> terms, long low, long high, int limit)
      throws SQLException {
    List<Long> found = new ArrayList<>();
    for (Long next = high; next != null; ) {
      var page = new TermWalk(terms, low, next).find(connection, limit, seq -> true);
      found.addAll(page.seqs());
      assertThat(page.next() == null || page.next() < next).as("goes on").isTrue();
      next = page.next();
    }
    return found;
  }

  private static void add(Map<String, List<Long>> rows, String term, long seq) {
    rows.computeIfAbsent(term, first -> new ArrayList<>()).add(0, seq);
  }

  /** In steps of 300 rows, each of one part. */
  private static void store(Connection connection, Map<String, List<Long>> rows)
      throws SQLException {
    try (var insert =
        connection.prepareStatement("INSERT INTO audit_posting VALUES (?, ?, ?, ?, ?)")) {
      for (var each : rows.entrySet()) {
        var steps =
            each.getValue().stream()
                .collect(Collectors.groupingBy(seq -> List.of(Posting.part(seq), seq / 300)));
        for (List<Long> step : steps.values()) {
          Posting posting = new Posting(step);
          insert.setLong(1, Posting.part(posting.last()));
          insert.setString(2, each.getKey());
          insert.setLong(3, posting.last());
          insert.setInt(4, posting.newestFirst().size());
          insert.setString(5, posting.text());
          insert.executeUpdate();
        }
      }
    }
  }

  private static List<String> plan(Connection connection, String sql) throws Exception {
    List<String> steps = new ArrayList<>();
    try (var explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var rows = explain.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }
}
