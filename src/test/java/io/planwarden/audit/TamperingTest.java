package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to rows up to the anchor is found, in a database and in an export; a failure
 * prints the seed that makes it again. 300 cases each in a normal run, {@code
 * -Dtampering.cases=1500} in the long one.
 */
class TamperingTest {
  private static final int ROWS = 24;
  private static final int CASES = Integer.getInteger("tampering.cases", 300);

  @TempDir Path folder;
  private Connection connection;
  private List<Anchor> anchors;

  @BeforeEach
  void create() throws Exception {
    connection = SampleChain.create(folder.resolve("planwarden.db"), ROWS);
    anchors =
        SampleChain.rows(connection).stream()
            .map(row -> new Anchor(row.beside().seq(), row.hash()))
            .toList();
    assertThat(SampleChain.verify(connection, anchors.get(ROWS - 1)).verdict())
        .isEqualTo(Verification.Verdict.GOOD);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void database_thatWasTamperedWith_isFoundOut() throws Exception {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      DatabaseTampering kind = DatabaseTampering.values()[seed % DatabaseTampering.values().length];
      long from = kind.apply(connection, ROWS, random);
      Anchor anchor = anchors.get(random.nextInt(ROWS));
      check("seed " + seed + " " + kind + " from row " + from, from, anchor);
      Verification whole = SampleChain.verify(connection, anchors.get(ROWS - 1));
      if (kind.isNamed()) {
        assertThat(whole.firstBad().seq()).as(seed + " " + kind + whole).isEqualTo(from);
      }
      connection.rollback();
    }
  }

  private void check(String what, long from, Anchor anchor) throws SQLException {
    Verification found = SampleChain.verify(connection, anchor);
    if (from <= anchor.seq()) {
      assertThat(found.verdict()).as(what + found).isEqualTo(Verification.Verdict.BAD);
      assertThat(found.firstBad().seq()).as(what + found).isLessThanOrEqualTo(anchor.seq());
    } else {
      assertThat(found.findings()).as(what).allMatch(finding -> finding.seq() > anchor.seq() - 1);
      if (found.lastSeq() > anchor.seq()) {
        assertThat(found.beyondAnchor())
            .as(what)
            .isEqualTo(new Verification.Range(anchor.seq() + 1, found.lastSeq()));
      }
    }
  }

  @Test
  void export_thatWasTamperedWith_isFoundOut() throws Exception {
    List<String> lines =
        SampleChain.rows(connection).stream()
            .map(row -> ExportLine.write(row.text(), row.hash()))
            .toList();
    Path file = folder.resolve("export.ndjson");
    Anchor head = anchors.get(ROWS - 1);
    Files.write(file, bytes(lines));
    assertThat(verify(file, head).verdict()).isEqualTo(Verification.Verdict.GOOD);
    for (int seed = 0; seed < CASES; seed++) {
      byte[] changed = tamper(lines, new Random(seed));
      Files.write(file, changed);
      Verification found = verify(file, head);
      assertThat(found.verdict())
          .as("seed " + seed + ":\n" + new String(changed, StandardCharsets.UTF_8))
          .isEqualTo(Verification.Verdict.BAD);
    }
  }

  private static Verification verify(Path file, Anchor anchor) throws Exception {
    ChainCheck check = new ChainCheck(anchor, null);
    new ChainFile(file, false).read(check::add);
    return check.end();
  }

  private static byte[] tamper(List<String> lines, Random random) {
    List<String> changed = new ArrayList<>(lines);
    int i = random.nextInt(ROWS);
    int j = (i + 1 + random.nextInt(ROWS - 1)) % ROWS;
    switch (random.nextInt(6)) {
      case 0 -> changed.remove(i);
      case 1 -> Collections.swap(changed, i, j);
      case 2 -> changed.add(j, lines.get(i));
      case 3 -> {
        byte[] whole = bytes(lines);
        return java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      case 4 -> rehash(changed, i);
      default -> {
        byte[] whole = bytes(lines);
        whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        return whole;
      }
    }
    return bytes(changed);
  }

  /** Edits a row and links and hashes it and all rows after it anew. */
  private static void rehash(List<String> lines, int from) {
    String previous = null;
    for (int i = from; i < lines.size(); i++) {
      String text = ExportLine.read("", lines.get(i)).text();
      text =
          previous == null
              ? text.replace("\"kind\":\"none\"", "\"kind\":\"oidc\"")
              : text.replaceAll(
                  "\"prevHash\":\"[0-9a-f]{64}\"", "\"prevHash\":\"" + previous + "\"");
      previous = Canonical.hash(text);
      lines.set(i, ExportLine.write(text, previous));
    }
  }

  private static byte[] bytes(List<String> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lines.forEach(line -> out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return out.toByteArray();
  }
}
