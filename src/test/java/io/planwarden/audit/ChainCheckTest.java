package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.Verification.Verdict;
import io.planwarden.request.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chain says of rows that are no longer there, and what of it is believed. */
class ChainCheckTest {
  private static final ChainNote.By BY =
      new ChainNote.By(new Caller("operator", "command", false, null, Set.of(), null), null, null);

  @TempDir Path folder;
  private Connection connection;
  private List<StoredRow> rows;

  @BeforeEach
  void create() throws Exception {
    connection = SampleChain.create(folder.resolve("planwarden.db"), 10);
    rows = SampleChain.rows(connection);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void archivedRows_areAccountedForByTheirCutRow() throws Exception {
    SampleChain.append(connection, 11, ChainNote.cut(anchor(4), BY));
    delete("seq <= 4");

    Verification found = SampleChain.verify(connection, null);
    assertThat(found.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(found.archivedThrough()).isEqualTo(4);
    assertThat(SampleChain.verify(connection, found.head()).verdict()).isEqualTo(Verdict.GOOD);
    assertThat(SampleChain.verify(connection, anchor(4)).unproven()).isEmpty();
    assertThat(SampleChain.verify(connection, anchor(2)).unproven())
        .containsExactly("the anchor's row 2 is archived; check its archive as well");
    assertThat(SampleChain.verify(connection, anchor(7)).verdict()).isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void archivingThatEndedOnTheWay_isGoodAndMoreThanTheCutRowSaysIsNot() throws Exception {
    SampleChain.append(connection, 11, ChainNote.cut(anchor(4), BY));
    delete("seq <= 2");
    assertThat(SampleChain.verify(connection, null).verdict()).isEqualTo(Verdict.GOOD);

    delete("seq <= 6");
    Verification found = SampleChain.verify(connection, null);
    assertThat(found.firstBad().seq()).isEqualTo(5);
    assertThat(found.firstBad().fault()).isEqualTo(Fault.DELETED);
  }

  @Test
  void rowsBetweenOthers_areMissingWhateverWasArchived() throws Exception {
    // Else those before the gap could be any: no link leads from them to what an anchor vouches
    // for.
    SampleChain.append(connection, 11, ChainNote.cut(anchor(6), BY));
    delete("seq BETWEEN 3 AND 5");

    Finding bad = SampleChain.verify(connection, anchor(10)).firstBad();
    assertThat(bad.seq()).isEqualTo(3);
    assertThat(bad.fault()).isEqualTo(Fault.DELETED);
  }

  @Test
  void firstRowsWithoutACutRow_areMissing() throws Exception {
    delete("seq <= 3");
    Finding bad = SampleChain.verify(connection, null).firstBad();
    assertThat(bad.seq()).isEqualTo(1);
    assertThat(bad.fault()).isEqualTo(Fault.DELETED);
  }

  @Test
  void restore_makesTheLostAnchorUnprovenAndNoOther() throws Exception {
    Anchor lost = anchor(10);
    delete("seq > 6");
    SampleChain.append(connection, 11, ChainNote.restore(lost, BY));
    for (int i = 8; i <= 12; i++) {
      SampleChain.append(connection, 20, SampleChain.row(i));
    }
    assertThat(SampleChain.verify(connection, lost).verdict()).isEqualTo(Verdict.UNPROVEN);
    assertThat(SampleChain.verify(connection, anchor(8)).verdict()).isEqualTo(Verdict.UNPROVEN);
    assertThat(SampleChain.verify(connection, anchor(6)).verdict()).isEqualTo(Verdict.GOOD);
    assertThat(SampleChain.verify(connection, new Anchor(6, lost.hash())).verdict())
        .isEqualTo(Verdict.BAD);
    assertThat(SampleChain.verify(connection, new Anchor(11, lost.hash())).verdict())
        .isEqualTo(Verdict.BAD);
  }

  @Test
  void anchorBeyondTheEnd_isATruncation() throws Exception {
    Anchor last = anchor(10);
    delete("seq > 6");
    Finding bad = SampleChain.verify(connection, last).firstBad();
    assertThat(bad.seq()).isEqualTo(7);
    assertThat(bad.fault()).isEqualTo(Fault.TRUNCATED);
  }

  @Test
  void bytesThatAreNotUtf8_areNotReadAsTheReplacementCharacter() throws Exception {
    StoredRow row = ExportLine.read("line 1", StoredRow.text(new byte[] {(byte) 0xFF}));
    assertThat(row.text()).isNull();
  }

  @Test
  void logWithTheCopy_isReadFromPlainAndJsonLines() throws Exception {
    String plain =
        rows.stream()
            .map(
                row ->
                    "2026-01-01 00:00:00,000 INFO  [audit] (audit-writer) "
                        + escaped(ExportLine.write(row.text(), row.hash())))
            .collect(Collectors.joining("\nsomething else {\n", "", "\n"));
    assertThat(verifyLog(plain)).isEqualTo(0);
    String json =
        rows.stream()
            .map(
                row ->
                    "{\"loggerName\":\"audit\",\"message\":"
                        + quoted(escaped(ExportLine.write(row.text(), row.hash())))
                        + "}")
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(verifyLog(json)).isEqualTo(0);
    assertThat(verifyLog(plain.replaceFirst("because", "becausE"))).isEqualTo(1);
  }

  @Test
  void exportThatFollowsAnother_isCheckedAfterItsLastRow() throws Exception {
    Path second = folder.resolve("second.ndjson");
    Files.writeString(
        second,
        rows.stream()
            .skip(5)
            .map(row -> ExportLine.write(row.text(), row.hash()) + "\n")
            .collect(Collectors.joining()));
    assertThat(AuditCommand.run(System.out, "verify", second.toString())).isEqualTo(1);
    String after = anchor(5).toString();
    assertThat(AuditCommand.run(System.out, "verify", second.toString(), "--after", after))
        .isZero();
    assertThat(
            AuditCommand.run(
                System.out, "verify", second.toString(), "--after", anchor(4).toString()))
        .isEqualTo(1);
    assertThat(AuditCommand.run(System.out, "verify", folder + "/nothing")).isEqualTo(4);
    assertThat(AuditCommand.run(System.out, "verify", "a", "--anchor", "5")).isEqualTo(2);
    assertThat(AuditCommand.run(System.out, "dance")).isEqualTo(2);
  }

  private int verifyLog(String text) throws Exception {
    Path log = folder.resolve("app.log");
    Files.write(log, text.getBytes(StandardCharsets.UTF_8));
    return AuditCommand.run(System.out, "verify", "--log", log.toString());
  }

  /** As the log's copy writes what some readers take as the end of a line. */
  private static String escaped(String line) {
    return line.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private Anchor anchor(int seq) {
    return new Anchor(seq, String.valueOf(rows.get(seq - 1).hash()));
  }

  private void delete(String where) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM audit WHERE " + where);
    }
  }
}
