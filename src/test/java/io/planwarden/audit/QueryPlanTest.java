package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.storage.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
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
      assertThat(plan(connection, SeqRange.FIRST_FROM))
          .containsExactly("SEARCH audit USING INTEGER PRIMARY KEY (rowid>?)");
      assertThat(plan(connection, AuditQuery.OF_OPERATION))
          .containsExactly("SEARCH audit USING INDEX audit_operation (operation_id=?)");
      assertThat(plan(connection, TermWalk.sql(1)))
          .containsExactly("SEARCH t USING PRIMARY KEY (term=? AND seq>? AND seq<?)");
      assertThat(plan(connection, TermWalk.sql(3)))
          .contains("SEARCH t USING PRIMARY KEY (term=? AND seq>? AND seq<?)")
          .filteredOn(step -> step.startsWith("SEARCH o"))
          .hasSize(2)
          .containsOnly("SEARCH o USING PRIMARY KEY (term=? AND seq=?)");
      assertThat(plan(connection, TermWalk.sql(3)))
          .noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP B-TREE"));
      assertThat(plan(connection, AuditQuery.BEGINS)).noneMatch(step -> step.startsWith("SCAN"));
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
            SeqRange.FIRST_FROM,
            TermWalk.sql(1),
            TermWalk.sql(3))) {
      assertThat(database.plan(sql)).as(sql).contains("Index").doesNotContain("Seq Scan", "Sort");
    }
  }

  @Test
  void searchThatFindsLittle_endsThePageAndSaysWhereToGoOn() throws Exception {
    try (Connection connection = SampleChain.create(folder.resolve("b.db"), 0)) {
      int many = TermWalk.MOST_ENTRIES + 500;
      try (var insert = connection.prepareStatement("INSERT INTO audit_term VALUES (?, ?)")) {
        for (int i = 1; i <= many; i++) {
          // Both terms are common; they meet in one row, the oldest.
          add(insert, i == 1 || i % 2 == 0 ? "a" : "b", i);
          add(insert, i == 1 ? "b" : "c", i);
          add(insert, "d", i);
        }
        insert.executeBatch();
      }
      TermWalk walk = new TermWalk(List.of("d", "d"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true))
          .isEqualTo(new TermWalk.Found(List.of((long) many, many - 1L, many - 2L), many - 2L));
      walk = new TermWalk(List.of("d", "nothing"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true))
          .isEqualTo(new TermWalk.Found(List.of(), null));
      walk = new TermWalk(List.of("d"), 1, many + 1);
      TermWalk.Found first = walk.find(connection, 3, seq -> seq == 1);
      assertThat(first.seqs()).isEmpty();
      assertThat(first.next()).isEqualTo(many - TermWalk.MOST_ENTRIES + 1L);
      assertThat(new TermWalk(List.of("d"), 1, first.next()).find(connection, 3, seq -> seq == 1))
          .isEqualTo(new TermWalk.Found(List.of(1L), null));
      walk = new TermWalk(List.of("a", "b"), 1, many + 1);
      assertThat(walk.find(connection, 3, seq -> true).seqs()).containsExactly(1L);
    }
  }

  private static void add(java.sql.PreparedStatement insert, String term, long seq)
      throws java.sql.SQLException {
    insert.setString(1, term);
    insert.setLong(2, seq);
    insert.addBatch();
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
